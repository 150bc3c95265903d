import { documentsOf, statementsOf, valuesOf } from "../document";

/** Where a policy goes in Terraform and CloudFormation. */
export interface Target {
  /** A resource's type, its arguments for the policy and its name, and what it needs besides: a variable each, or a fixed value. */
  terraform?: { type: string; policy: string; name?: string; variables?: Record<string, string>; fixed?: Record<string, string> };
  /** Without a name where CloudFormation gives one by itself: one that was chosen asks for more rights to deploy. */
  cloudFormation?: { type: string; policy: string; name?: string; parameters?: Record<string, string>; lists?: Record<string, string>; fixed?: Record<string, string> };
}

const ORGANIZATIONS = (kind: string): Target => ({
  terraform: { type: "aws_organizations_policy", policy: "content", name: "name", fixed: { type: kind } },
  cloudFormation: { type: "AWS::Organizations::Policy", policy: "Content", name: "Name", fixed: { Type: kind } },
});
const MANAGED: Target = {
  terraform: { type: "aws_iam_policy", policy: "policy", name: "name" },
  cloudFormation: { type: "AWS::IAM::ManagedPolicy", policy: "PolicyDocument" },
};

const BY_TYPE: Record<string, Target> = {
  identity: MANAGED,
  boundary: MANAGED,
  trust: {
    terraform: { type: "aws_iam_role", policy: "assume_role_policy", name: "name" },
    cloudFormation: { type: "AWS::IAM::Role", policy: "AssumeRolePolicyDocument" },
  },
  scp: ORGANIZATIONS("SERVICE_CONTROL_POLICY"),
  rcp: ORGANIZATIONS("RESOURCE_CONTROL_POLICY"),
  endpoint: { terraform: { type: "aws_vpc_endpoint_policy", policy: "policy", variables: { vpc_endpoint_id: "vpc_endpoint_id" } } },
};

// Elsewhere CloudFormation has the policy inside of the resource that it belongs to.
const BY_SERVICE: Record<string, Target> = {
  s3: {
    terraform: { type: "aws_s3_bucket_policy", policy: "policy", variables: { bucket: "bucket" } },
    cloudFormation: { type: "AWS::S3::BucketPolicy", policy: "PolicyDocument", parameters: { Bucket: "Bucket" } },
  },
  sqs: {
    terraform: { type: "aws_sqs_queue_policy", policy: "policy", variables: { queue_url: "queue_url" } },
    cloudFormation: { type: "AWS::SQS::QueuePolicy", policy: "PolicyDocument", lists: { Queues: "QueueUrl" } },
  },
  sns: {
    terraform: { type: "aws_sns_topic_policy", policy: "policy", variables: { arn: "topic_arn" } },
    cloudFormation: { type: "AWS::SNS::TopicPolicy", policy: "PolicyDocument", lists: { Topics: "TopicArn" } },
  },
  secretsmanager: {
    terraform: { type: "aws_secretsmanager_secret_policy", policy: "policy", variables: { secret_arn: "secret_arn" } },
    cloudFormation: { type: "AWS::SecretsManager::ResourcePolicy", policy: "ResourcePolicy", parameters: { SecretId: "SecretArn" } },
  },
  kms: { terraform: { type: "aws_kms_key_policy", policy: "policy", variables: { key_id: "key_id" } } },
  ecr: { terraform: { type: "aws_ecr_repository_policy", policy: "policy", variables: { repository: "repository" } } },
  dynamodb: { terraform: { type: "aws_dynamodb_resource_policy", policy: "policy", variables: { resource_arn: "table_arn" } } },
};

/** By the policy's type; a resource's by the service of the first ARN that it names. */
export function targetOf(policy: unknown, type: string): Target {
  // A list of documents is no policy that could be put anywhere.
  if (Array.isArray(policy)) return {};
  if (type !== "resource") return BY_TYPE[type] ?? {};
  return BY_SERVICE[serviceOf(policy) ?? ""] ?? {};
}

function serviceOf(policy: unknown): string | undefined {
  const resources = documentsOf(policy).flatMap(statementsOf).flatMap((statement) => valuesOf((statement as { Resource?: unknown } | null)?.Resource));
  const arn = resources.find((resource) => typeof resource === "string" && resource.startsWith("arn:"));
  return typeof arn === "string" ? arn.split(":")[2] : undefined;
}
