import { expect, test } from "vitest";
import { parseExact } from "../exact";
import { toCloudFormation } from "./cloudformation";
import { POLICY } from "./example";
import { toTerraform } from "./terraform";

test("a policy of a resource goes to its service, and what only the account knows is a parameter", () => {
  const template = JSON.parse(toCloudFormation({ name: "better", type: "resource", policy: POLICY }, "json") ?? "") as { Parameters: unknown; Resources: { Better: unknown } };
  expect(template.Parameters).toEqual({ Bucket: { Type: "String" } });
  expect(template.Resources.Better).toEqual({ Type: "AWS::S3::BucketPolicy", Properties: { Bucket: { Ref: "Bucket" }, PolicyDocument: POLICY } });
});

test("a managed policy has a logical id that CloudFormation takes, and no name of its own", () => {
  const template = JSON.parse(toCloudFormation({ name: "app-reader_role", type: "identity", policy: POLICY }, "json") ?? "") as { Resources: unknown };
  expect(template.Resources).toEqual({ AppReaderRole: { Type: "AWS::IAM::ManagedPolicy", Properties: { PolicyDocument: POLICY } } });
  expect(toCloudFormation({ name: "é", type: "identity", policy: POLICY }, "yaml")).toContain("  Policy:\n");
});

test("what has no resource of its own is not written", () => {
  const policy = { Statement: [{ Resource: "arn:aws:kms:eu-west-1:111122223333:key/1" }] };
  expect(toCloudFormation({ name: "better", type: "resource", policy }, "yaml")).toBeUndefined();
});

test("a policy that CloudFormation would fill in from somewhere else is not written for it", () => {
  for (const reference of ["{{resolve:ssm:/x:1}}", "{{ Resolve:ssm:/x:1}}"]) {
    const named = { name: "better", type: "identity", policy: { Statement: [{ Resource: [`arn:aws:s3:::b/${reference}`] }] } };
    expect(toCloudFormation(named, "yaml")).toBeUndefined();
    expect(toCloudFormation(named, "json")).toBeUndefined();
    expect(toTerraform(named)).toContain(reference);
  }
  expect(toCloudFormation({ name: "{{resolve:ssm:/x:1}}", type: "scp", policy: POLICY }, "json")).toBeUndefined();
});

test("CloudFormation takes the policy as it is", () => {
  expect(toCloudFormation({ name: "better", type: "scp", policy: POLICY }, "yaml")).toContain('    Type: "AWS::Organizations::Policy"\n    Properties:\n      Name: "better"\n');
  expect(toCloudFormation({ name: "better", type: "identity", policy: POLICY }, "yaml")).toContain('            Resource: "arn:aws:s3:::home/${aws:username}/*"\n');
});

test("a policy with a number that JavaScript would change is not written", () => {
  const policy = parseExact('{"Statement":[{"Condition":{"NumericEquals":{"s3:max-keys":9007199254740993}}}]}');
  expect(toCloudFormation({ name: "better", type: "identity", policy }, "yaml")).toBeUndefined();
  expect(toCloudFormation({ name: "better", type: "identity", policy }, "json")).toBeUndefined();
});
