const document = (...statements: unknown[]) => JSON.stringify({ Version: "2012-10-17", Statement: statements }, null, 2);

/** Broad, and a way to more access than it gives. */
export const BROAD = document(
  { Sid: "Storage", Effect: "Allow", Action: "s3:*", Resource: "*" },
  { Sid: "Hand", Effect: "Allow", Action: ["iam:PassRole", "lambda:CreateFunction", "lambda:InvokeFunction"], Resource: "*" },
);

export const NARROW = document({ Sid: "Read", Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::example-orders/*" });

export const WIDER = document(
  { Sid: "Read", Effect: "Allow", Action: ["s3:GetObject", "s3:PutObject"], Resource: "arn:aws:s3:::example-orders/*" },
  { Sid: "Keep", Effect: "Deny", Action: "s3:GetObject", Resource: "arn:aws:s3:::example-orders/private/*" },
);

/** Tries to be markup, and to turn and hide text. */
export const HOSTILE = document(
  {
    Sid: "</script><script>window.hacked=1</script>",
    Effect: "Allow",
    Action: ["s3:GetObject", "<img src=x onerror=window.hacked=2>"],
    Resource: ["arn:aws:s3:::example/<svg onload=window.hacked=3>*", "arn:aws:s3:::\u202egpj.live/*", "arn:aws:s3:::a\u2066b\u2069/*"],
    Condition: { StringLike: { "aws:PrincipalTag/<b>team</b>": ["javascript:window.hacked=4", "{{7*7}}", "${aws:username}"] } },
  },
);

/** A policy of about `lines` lines. */
export function long(lines: number): string {
  const each = Math.floor((lines - 4) / 6);
  return document(
    ...Array.from({ length: each }, (_, index) => ({
      Sid: `Read${index}`,
      Effect: "Allow",
      Action: "s3:GetObject",
      Resource: `arn:aws:s3:::example-${index}/*`,
    })),
  );
}
