import type { Texts } from "../../text/en";

export interface Pair {
  old: string;
  new: string;
}

type Name = keyof Texts["compare"]["sampleNames"];

const document = (...statements: unknown[]) => JSON.stringify({ Version: "2012-10-17", Statement: statements }, null, 2);

const READ = { Sid: "ReadOrders", Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::example-orders/*" };
const LIST = { Sid: "ListOrders", Effect: "Allow", Action: "s3:ListBucket", Resource: "arn:aws:s3:::example-orders" };
const WRITE = { Sid: "WriteTable", Effect: "Allow", Action: "dynamodb:*", Resource: "arn:aws:dynamodb:eu-west-1:111122223333:table/orders" };
const PASS = { Sid: "PassRole", Effect: "Allow", Action: "iam:PassRole", Resource: "arn:aws:iam::111122223333:role/*" };
const HOOK = "arn:aws:sqs:eu-west-1:111122223333:example-hooks";

/** Pairs to start from: one of each verdict, and one of a resource. */
export const SAMPLES: Record<Name, Pair> = {
  tightened: {
    old: document(READ, WRITE),
    new: document(READ, { ...WRITE, Action: ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query"] }),
  },
  widened: {
    old: document(READ, WRITE),
    new: document(
      { ...READ, Action: ["s3:GetObject", "s3:PutObject"] },
      LIST,
      { ...PASS, Condition: { StringEquals: { "iam:PassedToService": "lambda.amazonaws.com" } } },
      { Sid: "KeepPrivate", Effect: "Deny", Action: "s3:*", Resource: "arn:aws:s3:::example-orders/private/*" },
    ),
  },
  opened: {
    old: document({ Sid: "Hooks", Effect: "Allow", Principal: { AWS: "arn:aws:iam::111122223333:role/hooks" }, Action: "sqs:SendMessage", Resource: HOOK }),
    new: document({ Sid: "Hooks", Effect: "Allow", Principal: "*", Action: "sqs:SendMessage", Resource: HOOK }),
  },
  undecided: {
    old: document({ ...READ, Condition: { StringLike: { "aws:SourceVpc": "vpc-*" }, NumericLessThan: { "aws:SourceVpc": "5" } } }),
    new: document({ ...READ, Resource: "arn:aws:s3:::example-archive/*", Condition: { StringLike: { "aws:SourceVpc": "vpc-*" }, NumericLessThan: { "aws:SourceVpc": "9" } } }),
  },
};
