use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "MISSING_GITHUB_REPO_CONDITION_KEY",
    title: "Missing GitHub repository condition key",
    severity: Severity::SecurityWarning,
    origin: Origin::AccessAnalyzer,
    applies_to: &[PolicyType::Trust],
    what: "A trust policy trusts GitHub's tokens, whichever repository they are for.",
    why: "Every workflow on GitHub can assume the role.",
    instead: "Ask for `token.actions.githubusercontent.com:sub`, with the repository and the branch.",
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
        "StringEquals": {"token.actions.githubusercontent.com:aud": "sts.amazonaws.com"}
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

const SUBJECT: &str = "token.actions.githubusercontent.com:sub";

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    for statement in subject.statements.iter().filter(|statement| statement.allows()) {
        for principal in &statement.principals.items {
            let is_github = principal.text.ends_with("token.actions.githubusercontent.com");
            if is_github && statement.conditions_on(SUBJECT).next().is_none() {
                findings.add(principal.node, "every workflow on GitHub can assume the role");
            }
        }
    }
}
