use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "REDUNDANT_CONDITION_VALUE_NUM",
    title: "Redundant condition value num",
    severity: Severity::Suggestion,
    origin: Origin::AccessAnalyzer,
    applies_to: &PolicyType::ALL,
    what: "A comparison by less or greater has several values.",
    why: "One of them decides.",
    instead: "Keep that one.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "s3:ListBucket",
      "Resource": "arn:aws:s3:::example-orders",
      "Condition": {
        "NumericLessThan": {
          "s3:max-keys": [
            "10",
            "20"
          ]
        }
      }
    }
  ]
}"#,
        clean: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "s3:ListBucket",
      "Resource": "arn:aws:s3:::example-orders",
      "Condition": {
        "NumericLessThan": {"s3:max-keys": "20"}
      }
    }
  ]
}"#,
    },
    check,
};

use authz::operators::{Compare, Order};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    for condition in subject.conditions().filter(|condition| condition.value_nodes().len() > 1) {
        let Some(Compare::Number(order)) = condition.operator.map(|operator| operator.compare) else { continue };
        let numbers: Vec<f64> = condition.values().filter_map(|(_, value)| value.parse().ok()).collect();
        let decides = match order {
            Order::Equal => continue,
            Order::Less | Order::LessOrEqual => numbers.iter().copied().reduce(f64::max),
            Order::Greater | Order::GreaterOrEqual => numbers.iter().copied().reduce(f64::min),
        };
        if let Some(decides) = decides.filter(|_| numbers.len() == condition.value_nodes().len()) {
            let node = &condition.key_member.node;
            findings
                .add(node, format!("only {decides} decides"))
                .fix(format!("Keep {decides}"), [(node, Change::Replace(decides.to_string().into()))]);
        }
    }
}
