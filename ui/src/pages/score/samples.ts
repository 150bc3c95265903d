/** Policies to start from, and what each is where that cannot be told by it. */
export const SAMPLES = {
  role: {
    type: "",
    policy: {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "ReadOrders",
          Effect: "Allow",
          Action: ["s3:GetObject"],
          Resource: ["arn:aws:s3:::orders-eu/incoming/*"],
          Condition: { Bool: { "aws:SecureTransport": "true" } },
        },
        {
          Sid: "ListOrders",
          Effect: "Allow",
          Action: ["s3:ListBucket"],
          Resource: ["arn:aws:s3:::orders-eu"],
          Condition: { StringLike: { "s3:prefix": ["incoming/*"] } },
        },
        {
          Sid: "KeepOrders",
          Effect: "Allow",
          Action: ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"],
          Resource: ["arn:aws:dynamodb:eu-west-1:111122223333:table/orders"],
        },
        {
          Sid: "WriteLogs",
          Effect: "Allow",
          Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
          Resource: ["arn:aws:logs:eu-west-1:111122223333:log-group:/aws/lambda/orders:*"],
        },
      ],
    },
  },
  deploy: {
    type: "",
    policy: {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "Deploy",
          Effect: "Allow",
          Action: ["cloudformation:*", "lambda:*", "s3:*", "s3:GetObject", "iam:PassRole", "iam:CreateRole", "iam:AttachRolePolicy"],
          Resource: "*",
        },
        {
          Sid: "Secrets",
          Effect: "Allow",
          Action: ["secretsmanager:GetSecretValue", "kms:Decrypt"],
          Resource: "*",
        },
        {
          Sid: "Pipeline",
          Effect: "Allow",
          Action: ["codepipeline:StartPipelineExecution", "codepipeline:StartPipelineExecution"],
          Resource: "arn:aws:codepipeline:eu-west-1:111122223333:orders",
        },
      ],
    },
  },
  trust: {
    type: "",
    policy: {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "Vendor",
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::444455556666:root" },
          Action: "sts:AssumeRole",
        },
        {
          Sid: "Delivery",
          Effect: "Allow",
          Principal: { Service: "firehose.amazonaws.com" },
          Action: "sts:AssumeRole",
        },
      ],
    },
  },
  bucket: {
    type: "",
    policy: {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "Site",
          Effect: "Allow",
          Principal: "*",
          Action: ["s3:GetObject", "s3:PutObject"],
          Resource: "arn:aws:s3:::example-site/*",
        },
        {
          Sid: "List",
          Effect: "Allow",
          Principal: { AWS: "*" },
          Action: "s3:ListBucket",
          Resource: "arn:aws:s3:::example-site",
        },
      ],
    },
  },
  scp: {
    type: "scp",
    policy: {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "OnlyTheseRegions",
          Effect: "Deny",
          NotAction: ["iam:*", "organizations:*", "route53:*", "cloudfront:*", "support:*", "sts:*"],
          Resource: "*",
          Condition: { StringNotEquals: { "aws:RequestedRegion": ["eu-west-1", "eu-central-1"] } },
        },
        {
          Sid: "KeepTheTrail",
          Effect: "Deny",
          Action: ["cloudtrail:StopLogging", "cloudtrail:DeleteTrail", "cloudtrail:UpdateTrail"],
          Resource: "*",
        },
        {
          Sid: "Stay",
          Effect: "Deny",
          Action: "organizations:LeaveOrganization",
          Resource: "*",
        },
      ],
    },
  },
} as const;

export type SampleName = keyof typeof SAMPLES;

export const SAMPLE_NAMES = Object.keys(SAMPLES) as SampleName[];

export function isSampleName(name: string): name is SampleName {
  return Object.hasOwn(SAMPLES, name);
}

export function sampleText(name: SampleName): string {
  return JSON.stringify(SAMPLES[name].policy, null, 2);
}
