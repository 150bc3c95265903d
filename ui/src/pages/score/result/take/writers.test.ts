import { expect, test } from "vitest";
import type { Schemas } from "../../../../api/client";
import { toCloudFormation } from "./cloudformation";
import { quote, toExpression } from "./hcl";
import { toSarif } from "./sarif";
import { toTerraform } from "./terraform";
import { toYaml } from "./yaml";

const POLICY = {
  Version: "2012-10-17",
  Statement: [
    {
      Sid: "Home",
      Effect: "Allow",
      Action: ["s3:GetObject"],
      Resource: "arn:aws:s3:::home/${aws:username}/*",
      Condition: { StringEquals: { "aws:PrincipalTag/team": "a\"b\\c" } },
    },
  ],
};

test("in Terraform a policy's variables stay the policy's", () => {
  expect(quote("${aws:username} and %{if} and $x and 100%")).toBe('"$${aws:username} and %%{if} and $x and 100%"');
  expect(quote("$${x} %%{y} $%{z}")).toBe('"$\\u0024{x} %\\u0025{y} $\\u0025{z}"');
  expect(quote('say "hi" \\ twice\n')).toBe('"say \\"hi\\" \\\\ twice\\n"');
  expect(quote("\u0001")).toBe('"\\u0001"');
});

test("names that are no identifiers are quoted", () => {
  expect(toExpression({ "aws:SourceIp": true, Effect: null, true: 1, empty: [], none: {} })).toBe(
    '{\n  "aws:SourceIp" = true\n  Effect = null\n  "true" = 1\n  empty = []\n  none = {}\n}',
  );
});

test("an identity policy is an aws_iam_policy with jsonencode", () => {
  expect(toTerraform(POLICY, "identity")).toBe(`resource "aws_iam_policy" "better" {
  name = "leastwise-better"

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
  expect(toTerraform(POLICY, "resource")).toContain('variable "bucket" {\n  type = string\n}\n\nresource "aws_s3_bucket_policy" "better" {\n  bucket = var.bucket\n');
  const template = JSON.parse(toCloudFormation(POLICY, "resource", "json") ?? "") as { Parameters: unknown; Resources: { Better: unknown } };
  expect(template.Parameters).toEqual({ Bucket: { Type: "String" } });
  expect(template.Resources.Better).toEqual({ Type: "AWS::S3::BucketPolicy", Properties: { Bucket: { Ref: "Bucket" }, PolicyDocument: POLICY } });
});

test("what has no resource of its own is not written", () => {
  expect(toTerraform(POLICY, "session")).toBeUndefined();
  expect(toTerraform([POLICY], "identity")).toBeUndefined();
  expect(toCloudFormation({ Statement: [{ Resource: "arn:aws:kms:eu-west-1:111122223333:key/1" }] }, "resource", "yaml")).toBeUndefined();
  expect(toTerraform(null, "resource")).toBeUndefined();
});

test("a policy that CloudFormation would fill in from somewhere else is not written for it", () => {
  const policy = { Statement: [{ Resource: "arn:aws:s3:::b/{{resolve:ssm:/x:1}}" }] };
  expect(toCloudFormation(policy, "identity", "yaml")).toBeUndefined();
  expect(toTerraform(policy, "identity")).toContain("{{resolve:ssm:/x:1}}");
});

test("in YAML every text is quoted", () => {
  expect(toYaml({ Version: "2012-10-17", On: "yes", no: [1, true, null, "a: b # c", []], "aws:x": {} })).toBe(
    'Version: "2012-10-17"\n"On": "yes"\n"no":\n  - 1\n  - true\n  - null\n  - "a: b # c"\n  - []\n"aws:x": {}\n',
  );
  expect(toYaml("\u0085 \u2028 \ud800 😀")).toBe('"\\u0085 \\u2028 \ufffd 😀"\n');
});

test("CloudFormation takes the policy as it is", () => {
  expect(toCloudFormation(POLICY, "scp", "yaml")).toContain('    Type: AWS::Organizations::Policy'.replace("AWS::Organizations::Policy", '"AWS::Organizations::Policy"'));
  expect(toCloudFormation(POLICY, "identity", "yaml")).toContain('            Resource: "arn:aws:s3:::home/${aws:username}/*"\n');
});

const FINDING: Schemas["Finding"] = {
  code: "PASS_ROLE_WITH_STAR_IN_RESOURCE",
  severity: "security-warning",
  path: "Statement[0].Action[1]",
  line: 3,
  column: 65,
  end_line: 3,
  end_column: 79,
  message: "the statement allows to pass any role to any service",
  related: [{ path: "Statement[0].Resource", line: 3, column: 132, end_line: 3, end_column: 135 }],
  title: "PassRole with star in resource",
  why: "Whoever has the policy can hand these roles to a service.",
  instead: "Name the roles.",
  controls: [],
};

test("a finding is a result of its rule, where it stands", () => {
  const log = JSON.parse(toSarif([FINDING, { ...FINDING, line: 0 }, { ...FINDING, code: "X", severity: "suggestion" }], "my policy.json"));
  const [run] = log.runs;
  expect(log.version).toBe("2.1.0");
  expect(run.tool.driver.rules.map(({ id }: { id: string }) => id)).toEqual(["PASS_ROLE_WITH_STAR_IN_RESOURCE", "X"]);
  expect(run.tool.driver.rules[0].properties["security-severity"]).toBe("7.0");
  const [first, nowhere, other] = run.results;
  expect(first.locations[0].physicalLocation).toEqual({
    artifactLocation: { uri: "my%20policy.json" },
    region: { startLine: 3, startColumn: 65, endLine: 3, endColumn: 79 },
  });
  expect(first.relatedLocations[0].physicalLocation.region.startColumn).toBe(132);
  expect(nowhere.locations[0].physicalLocation.region).toEqual({ startLine: 1, startColumn: 65 });
  expect(other).toMatchObject({ ruleIndex: 1, level: "note" });
});
