use crate::{
    PolicyType,
    findings::{Findings, shown},
    rule::{Example, Origin, Rule, Severity},
    subject::Subject,
};

pub(super) static RULE: Rule = Rule {
    code: "INVALID_ACTION",
    title: "Invalid action",
    severity: Severity::Error,
    origin: Origin::AccessAnalyzer,
    applies_to: &PolicyType::ALL,
    what: "An action, or a pattern of actions, that matches nothing in its service.",
    why: "AWS stores the policy and the line never has an effect: what was meant stays refused, or stays allowed.",
    instead: "Write the action as the service authorization reference does.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{"Version": "2012-10-17",
 "Statement": {"Effect": "Allow", "Action": "dynamodb:GetItems", "Resource": "*"}}"#,
        clean: r#"{"Version": "2012-10-17",
 "Statement": {"Effect": "Allow", "Action": "dynamodb:GetItem", "Resource": "*"}}"#,
    },
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    for statement in &subject.statements {
        for action in &statement.actions.items {
            if action.service.is_some() && !action.name.is_empty() && action.actions().next().is_none() {
                findings.add(action.node, format!("the action `{}` does not exist", shown(action.text)));
            }
        }
    }
}
