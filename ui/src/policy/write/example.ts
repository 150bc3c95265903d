/** What tests of the writers write: it has a policy variable, and signs that mean something elsewhere. */
export const POLICY = {
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
