use crate::prelude::*;

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
    for node in subject.statements.iter().filter_map(|statement| statement.sid) {
        let Some(sid) = node.as_str() else { continue };
        if !sid.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            let meant: String = sid.chars().filter(char::is_ascii_alphanumeric).collect();
            findings
                .add(node, format!("the Sid `{}` holds more than letters and digits", shown(sid)))
                .fix("Leave out the other characters", [(node, Change::Replace(meant.into()))]);
        }
    }
}
