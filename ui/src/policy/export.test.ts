import { expect, test } from "vitest";
import { exportPolicy, hclString, toCloudFormation, toTerraform } from "./export";

const POLICY = {
  Version: "2012-10-17",
  Statement: [
    {
      Sid: "Own",
      Effect: "Allow",
      Action: ["s3:GetObject", "s3:PutObject"],
      Resource: "arn:aws:s3:::example/${aws:username}/*",
      Condition: { StringEquals: { "aws:CalledVia": "athena.amazonaws.com" } },
    },
  ],
};

test("Terraform holds the document, and its policy variables open no template", () => {
  expect(toTerraform("leastwise-orders.api", POLICY)).toBe(`resource "aws_iam_policy" "leastwise-orders_api" {
  name = "leastwise-orders.api"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid = "Own"
        Effect = "Allow"
        Action = [
          "s3:GetObject",
          "s3:PutObject",
        ]
        Resource = "arn:aws:s3:::example/$\${aws:username}/*"
        Condition = {
          StringEquals = {
            "aws:CalledVia" = "athena.amazonaws.com"
          }
        }
      },
    ]
  })
}
`);
});

test("nothing in a name gets out of an HCL string", () => {
  expect(hclString('a"b\\c\nd')).toBe('"a\\"b\\\\c\\u000ad"');
  expect(hclString("${x} %{ if y } $5 50%")).toBe('"$${x} %%{ if y } $5 50%"');
  // `$$${` would be read as an escaped `$${`.
  expect(hclString("$${x}")).toBe('"$\\u0024{x}"');
});

test("a name cannot make CloudFormation resolve anything", () => {
  const document = { Statement: [{ Resource: ["arn:aws:s3:::b/{{resolve:ssm:/x:1}}"] }] };
  const template = JSON.parse(toCloudFormation("app-reader_role", document)) as { Resources: Record<string, unknown> };
  expect(Object.keys(template.Resources)).toEqual(["AppReaderRole"]);
  expect(JSON.stringify(template)).toContain("b/{?resolve:ssm:/x:1}}");
});

test("files are named by the policy, and no name leaves its folder", () => {
  expect(exportPolicy("json", "orders", POLICY).fileName).toBe("orders.json");
  expect(exportPolicy("terraform", "../../orders api", POLICY).fileName).toBe("orders-api.tf");
  expect(exportPolicy("cloudformation", "é", POLICY).fileName).toBe("policy.template.json");
  expect(JSON.parse(exportPolicy("json", "orders", POLICY).text)).toEqual(POLICY);
});
