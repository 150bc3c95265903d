use crate::prelude::*;
use std::collections::BTreeMap;

pub(super) static RULE: Rule = Rule {
    code: "UNSUPPORTED_SID",
    title: "Unsupported Sid",
    severity: Severity::Error,
    origin: Origin::AccessAnalyzer,
    applies_to: &[PolicyType::Identity, PolicyType::Boundary, PolicyType::Session, PolicyType::Scp],
    what: "A `Sid` holds other characters than letters and digits.",
    why: "AWS refuses the policy.",
    instead: "Use A-Z, a-z and 0-9.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "send orders",
      "Effect": "Allow",
      "Action": "sqs:SendMessage",
      "Resource": "arn:aws:sqs:eu-west-1:111122223333:orders"
    }
  ]
}"#,
        clean: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "SendOrders",
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
    let mut sids: Vec<(&Node<'_>, &str, String)> = Vec::new();
    for node in subject.statements.iter().filter_map(|statement| statement.sid) {
        if let Some(sid) = node.as_str() {
            sids.push((node, sid, sid.chars().filter(char::is_ascii_alphanumeric).collect()));
        }
    }
    // What is left must name one statement only.
    let mut taken: BTreeMap<&str, usize> = BTreeMap::new();
    sids.iter().for_each(|(_, _, meant)| *taken.entry(meant).or_default() += 1);
    for (node, sid, meant) in &sids {
        if sid == meant {
            continue;
        }
        let added = findings.add(node, format!("the Sid `{}` holds more than letters and digits", shown(sid)));
        match taken.get(meant.as_str()) {
            _ if meant.is_empty() => {
                added.fix("Take it out", [(*node, Change::Remove)]);
            }
            Some(1) => {
                added.fix("Leave out the other characters", [(*node, Change::Replace(meant.as_str().into()))]);
            }
            _ => {}
        }
    }
}
