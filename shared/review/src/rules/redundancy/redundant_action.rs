use crate::prelude::*;
use foldhash::fast::FixedState;
use hashbrown::HashMap;

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

/// The most pairs of patterns that are compared in one statement; a list that has more is longer than AWS takes.
const MOST: usize = 1_000_000;

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    for statement in &subject.statements {
        let items = &statement.actions.items;
        let mut wild: Vec<(usize, &ActionPattern<'_>)> =
            items.iter().enumerate().filter(|(_, action)| action.has_wildcard()).collect();
        if wild.len().saturating_mul(items.len()) > MOST {
            wild.clear();
        }
        let mut seen: HashMap<String, &ActionPattern<'_>, FixedState> = HashMap::default();
        for (index, action) in items.iter().enumerate() {
            // Of two that are the same, the first stays.
            let wider = wild.iter().find(|(other, wider)| {
                *other != index && contains(wider, action) && (*other < index || !contains(action, wider))
            });
            let before = seen.insert(action.text.to_ascii_lowercase(), action);
            if let Some(wider) = wider.map(|(_, wider)| *wider).or(before) {
                findings
                    .add(action.node, format!("`{}` is contained in `{}`", shown(action.text), shown(wider.text)))
                    .with(wider.node)
                    .fix("Take it out", [(action.node, Change::Remove)]);
            }
        }
    }
}

/// Whether a pattern with wildcards contains another.
fn contains(wider: &ActionPattern<'_>, narrower: &ActionPattern<'_>) -> bool {
    if wider.text == "*" {
        return true;
    }
    // Most differ in what stands before the first wildcard.
    let head = wider.name.find(['*', '?']).unwrap_or(wider.name.len());
    let starts_alike = narrower
        .name
        .get(..head)
        .is_some_and(|start| wider.name.get(..head).is_some_and(|wanted| start.eq_ignore_ascii_case(wanted)));
    let is_same_service = starts_alike && wider.prefix.eq_ignore_ascii_case(narrower.prefix);
    is_same_service && policy::action_contains(wider.text, narrower.text)
}
