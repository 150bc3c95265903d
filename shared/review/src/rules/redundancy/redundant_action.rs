use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "REDUNDANT_ACTION",
    title: "Redundant action",
    severity: Severity::Suggestion,
    origin: Origin::AccessAnalyzer,
    applies_to: &PolicyType::ALL,
    what: "An action is contained in another of the same statement.",
    why: "It says nothing, and hides what the statement really allows.",
    instead: "Keep the wider one, or better, the narrower ones.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": [
        "sqs:Send*",
        "sqs:SendMessage"
      ],
      "Resource": "arn:aws:sqs:eu-west-1:111122223333:orders"
    }
  ]
}"#,
        clean: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "sqs:SendMessage",
      "Resource": "arn:aws:sqs:eu-west-1:111122223333:orders"
    }
  ]
}"#,
    },
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    for statement in &subject.statements {
        let items = &statement.actions.items;
        for (index, action) in items.iter().enumerate() {
            let wider = items.iter().enumerate().find(|(other, wider)| {
                let contains = *other != index && contains(wider, action);
                // Of two that are the same, the first stays.
                contains && (*other < index || !self::contains(action, wider))
            });
            if let Some((_, wider)) = wider {
                findings
                    .add(action.node, format!("`{}` is contained in `{}`", shown(action.text), shown(wider.text)))
                    .with(wider.node)
                    .fix("Take it out", [(action.node, Change::Remove)]);
            }
        }
    }
}

fn contains(wider: &ActionPattern<'_>, narrower: &ActionPattern<'_>) -> bool {
    if wider.text == "*" {
        return true;
    }
    if !wider.has_wildcard() {
        return wider.text.eq_ignore_ascii_case(narrower.text);
    }
    let is_same_service = wider.prefix.eq_ignore_ascii_case(narrower.prefix);
    is_same_service && policy::action_contains(wider.text, narrower.text)
}
