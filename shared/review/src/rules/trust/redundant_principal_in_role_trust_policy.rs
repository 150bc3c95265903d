use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "REDUNDANT_PRINCIPAL_IN_ROLE_TRUST_POLICY",
    title: "Redundant principal in role trust policy",
    severity: Severity::Suggestion,
    origin: Origin::AccessAnalyzer,
    applies_to: &[PolicyType::Trust],
    what: "A trust policy names a role and one of its sessions.",
    why: "The role stands for all of its sessions.",
    instead: "Take the session out.",
    example: Example {
        policy_type: PolicyType::Trust,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": {
        "AWS": [
          "arn:aws:iam::111122223333:role/orders",
          "arn:aws:sts::111122223333:assumed-role/orders/session"
        ]
      },
      "Action": "sts:AssumeRole",
      "Condition": {"StringEquals": {"sts:ExternalId": "example"}}
    }
  ]
}"#,
        clean: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": {"AWS": "arn:aws:iam::111122223333:role/orders"},
      "Action": "sts:AssumeRole",
      "Condition": {"StringEquals": {"sts:ExternalId": "example"}}
    }
  ]
}"#,
    },
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    for statement in &subject.statements {
        for principal in &statement.principals.items {
            let Some((head, session)) = principal.text.split_once(":assumed-role/") else { continue };
            let Some((role, _)) = session.split_once('/') else { continue };
            let head = head.replacen(":sts:", ":iam:", 1);
            let is_parent = |text: &str| {
                text.starts_with(&head) && text.rsplit('/').next() == Some(role) && text.contains(":role/")
            };
            if let Some(parent) = statement.principals.items.iter().find(|one| is_parent(one.text)) {
                let message = format!("`{}` is a session of `{}`", shown(principal.text), shown(parent.text));
                findings
                    .add(principal.node, message)
                    .with(parent.node)
                    .fix("Take it out", [(principal.node, Change::Remove)]);
            }
        }
    }
}
