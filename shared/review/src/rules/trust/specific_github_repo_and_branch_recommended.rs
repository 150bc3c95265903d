use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "SPECIFIC_GITHUB_REPO_AND_BRANCH_RECOMMENDED",
    title: "Specific GitHub repository and branch recommended",
    severity: Severity::Warning,
    origin: Origin::AccessAnalyzer,
    applies_to: &[PolicyType::Trust],
    what: "A condition on the subject of GitHub's tokens has a wildcard.",
    why: "More workflows may match than are meant: pull requests of strangers, for example.",
    instead: "Name the repository and the branch or environment.",
    example: Example {
        policy_type: PolicyType::Trust,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"},
      "Action": "sts:AssumeRoleWithWebIdentity",
      "Condition": {
        "StringEquals": {"token.actions.githubusercontent.com:aud": "sts.amazonaws.com"},
        "StringLike": {"token.actions.githubusercontent.com:sub": "repo:example/orders:*"}
      }
    }
  ]
}"#,
        clean: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": {"Federated": "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"},
      "Action": "sts:AssumeRoleWithWebIdentity",
      "Condition": {
        "StringEquals": {
          "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
          "token.actions.githubusercontent.com:sub": "repo:example/orders:ref:refs/heads/main"
        }
      }
    }
  ]
}"#,
    },
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    for statement in subject.statements.iter().filter(|statement| statement.allows()) {
        for condition in statement.conditions_on("token.actions.githubusercontent.com:sub") {
            for (node, value) in condition.values().filter(|(_, value)| value.contains(['*', '?'])) {
                findings.add(node, format!("`{}` matches more than one workflow", shown(value)));
            }
        }
    }
}
