use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "PRIVATE_IP_ADDRESS",
    title: "Private IP address",
    severity: Severity::Error,
    origin: Origin::AccessAnalyzer,
    applies_to: &PolicyType::ALL,
    what: "`aws:SourceIp` is compared with private addresses only.",
    why: "AWS sees public addresses, so the condition never holds.",
    instead: "Name public ranges; for a VPC use `aws:VpcSourceIp` or `aws:SourceVpce`.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "sqs:SendMessage",
      "Resource": "arn:aws:sqs:eu-west-1:111122223333:orders",
      "Condition": {
        "IpAddress": {"aws:SourceIp": "10.0.0.0/8"}
      }
    }
  ]
}"#,
        clean: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "sqs:SendMessage",
      "Resource": "arn:aws:sqs:eu-west-1:111122223333:orders",
      "Condition": {
        "IpAddress": {"aws:SourceIp": "203.0.113.0/24"}
      }
    }
  ]
}"#,
    },
    check,
};

use crate::addresses::{Privacy, privacy};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    for condition in subject.conditions() {
        if privacy(condition, false) == Some(Privacy::All) {
            findings.add(&condition.key_member.node, "no request comes to AWS from these private addresses");
        }
    }
}
