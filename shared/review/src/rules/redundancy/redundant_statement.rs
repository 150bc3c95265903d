use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "REDUNDANT_STATEMENT",
    title: "Redundant statement",
    severity: Severity::Suggestion,
    origin: Origin::AccessAnalyzer,
    applies_to: &PolicyType::ALL,
    what: "Two statements say the same.",
    why: "One of them says nothing; whoever changes the other changes nothing.",
    instead: "Take one of them out.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Send",
      "Effect": "Allow",
      "Action": "sqs:SendMessage",
      "Resource": "arn:aws:sqs:eu-west-1:111122223333:orders"
    },
    {
      "Sid": "Again",
      "Effect": "Allow",
      "Action": ["sqs:SendMessage"],
      "Resource": "arn:aws:sqs:eu-west-1:111122223333:orders"
    }
  ]
}"#,
        clean: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Send",
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
    let statements = &subject.statements;
    for (index, statement) in statements.iter().enumerate() {
        if let Some(before) = statements.iter().take(index).find(|before| same(before, statement)) {
            findings
                .add(statement.node, "a statement before says the same")
                .with(before.node)
                .fix("Take it out", [(statement.node, Change::Remove)]);
        }
    }
}

fn same(a: &Statement<'_>, b: &Statement<'_>) -> bool {
    let texts = |statement: &Statement<'_>| {
        let mut actions: Vec<String> =
            statement.actions.items.iter().map(|action| action.text.to_ascii_lowercase()).collect();
        let mut resources: Vec<String> = statement.resources.items.iter().map(|one| one.text.to_owned()).collect();
        let mut principals: Vec<String> =
            statement.principals.items.iter().map(|one| format!("{:?} {}", one.kind, one.text)).collect();
        let mut conditions: Vec<String> = Vec::new();
        for condition in &statement.conditions {
            let mut values: Vec<&str> = condition.values().map(|(_, value)| value).collect();
            values.sort_unstable();
            let (operator, key) = (condition.operator_name().to_lowercase(), condition.key().to_lowercase());
            conditions.push(format!("{operator} {key} {values:?}"));
        }
        for list in [&mut actions, &mut resources, &mut principals, &mut conditions] {
            list.sort_unstable();
            list.dedup();
        }
        (actions, resources, principals, conditions)
    };
    a.effect == b.effect
        && a.actions.items.len() == b.actions.items.len()
        && a.actions.is_negated == b.actions.is_negated
        && a.resources.is_negated == b.resources.is_negated
        && a.principals.is_negated == b.principals.is_negated
        && a.conditions.len() == b.conditions.len()
        && texts(a) == texts(b)
}
