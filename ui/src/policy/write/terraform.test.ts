import { expect, test } from "vitest";
import { parseExact } from "../exact";
import { POLICY } from "./example";
import { toTerraform } from "./terraform";

test("an identity policy is an aws_iam_policy with jsonencode", () => {
  expect(toTerraform({ name: "leastwise-orders.api", type: "identity", policy: POLICY })).toBe(`resource "aws_iam_policy" "leastwise-orders_api" {
  name = "leastwise-orders.api"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid = "Home"
        Effect = "Allow"
        Action = [
          "s3:GetObject",
        ]
        Resource = "arn:aws:s3:::home/$\${aws:username}/*"
        Condition = {
          StringEquals = {
            "aws:PrincipalTag/team" = "a\\"b\\\\c"
          }
        }
      },
    ]
  })
}
`);
});

test("a policy of a resource goes to its service, and what only the account knows is a variable", () => {
  expect(toTerraform({ name: "better", type: "resource", policy: POLICY })).toContain(
    'variable "bucket" {\n  type = string\n}\n\nresource "aws_s3_bucket_policy" "better" {\n  bucket = var.bucket\n',
  );
  expect(toTerraform({ name: "better", type: "scp", policy: POLICY })).toContain('  name = "better"\n  type = "SERVICE_CONTROL_POLICY"\n');
});

test("what has no resource of its own is not written", () => {
  expect(toTerraform({ name: "better", type: "session", policy: POLICY })).toBeUndefined();
  expect(toTerraform({ name: "better", type: "identity", policy: [POLICY] })).toBeUndefined();
  expect(toTerraform({ name: "better", type: "resource", policy: null })).toBeUndefined();
});

test("a label starts as Terraform wants it, whatever the name is", () => {
  expect(toTerraform({ name: "1-é", type: "identity", policy: POLICY })).toContain('resource "aws_iam_policy" "policy_1-_" {\n  name = "1-é"\n');
});

test("a number is written as it was, or the policy is not written", () => {
  const named = (number: string) => ({ name: "better", type: "identity", policy: parseExact(`{"Statement":[{"Condition":{"NumericEquals":{"s3:max-keys":${number}}}}]}`) });
  expect(toTerraform(named("9007199254740993"))).toContain('"s3:max-keys" = 9007199254740993\n');
  expect(toTerraform(named("1.5"))).toContain('"s3:max-keys" = 1.5\n');
  // `jsonencode` would write 1 and 1000.
  expect(toTerraform(named("1.0"))).toBeUndefined();
  expect(toTerraform(named("1e3"))).toBeUndefined();
});
