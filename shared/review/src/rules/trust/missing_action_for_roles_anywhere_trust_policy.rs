use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "MISSING_ACTION_FOR_ROLES_ANYWHERE_TRUST_POLICY",
    title: "Missing action for Roles Anywhere trust policy",
    severity: Severity::Error,
    origin: Origin::AccessAnalyzer,
    applies_to: &[PolicyType::Trust],
    what: "A trust policy for IAM Roles Anywhere lacks an action that it needs.",
    why: "No one can assume the role through Roles Anywhere.",
    instead: "Allow `sts:AssumeRole`, `sts:SetSourceIdentity` and `sts:TagSession`.",
    example: Example {
        policy_type: PolicyType::Trust,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": {"Service": "rolesanywhere.amazonaws.com"},
      "Action": "sts:AssumeRole",
      "Condition": {
        "ArnEquals": {"aws:SourceArn": "arn:aws:rolesanywhere:eu-west-1:111122223333:trust-anchor/example"}
      }
    }
  ]
}"#,
        clean: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": {"Service": "rolesanywhere.amazonaws.com"},
      "Action": [
        "sts:AssumeRole",
        "sts:SetSourceIdentity",
        "sts:TagSession"
      ],
      "Condition": {
        "ArnEquals": {"aws:SourceArn": "arn:aws:rolesanywhere:eu-west-1:111122223333:trust-anchor/example"}
      }
    }
  ]
}"#,
    },
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    let statements: Vec<&Statement<'_>> = subject
        .statements
        .iter()
        .filter(|one| one.allows() && one.principals.items.iter().any(|who| who.text == "rolesanywhere.amazonaws.com"))
        .collect();
    let Some(first) = statements.first() else { return };
    let allowed = |needed: &str| {
        statements.iter().flat_map(|statement| &statement.actions.items).any(|action| action.matches(needed))
    };
    let needed = ["sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"];
    let missing: Vec<&str> = needed.into_iter().filter(|needed| !allowed(needed)).collect();
    if let (false, Some(member)) = (missing.is_empty(), first.actions.member) {
        findings.add(&member.node, format!("Roles Anywhere needs {}, too", missing.join(", ")));
    }
}
