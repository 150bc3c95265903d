use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "UNTRUSTWORTHY_CONDITION_KEY",
    title: "Untrustworthy condition key",
    severity: Severity::SecurityWarning,
    origin: Origin::AccessAnalyzer,
    applies_to: &PolicyType::ALL,
    what: "A statement rests on a key that the caller sets as he likes.",
    why: "`aws:Referer` and `aws:UserAgent` are headers of the request: anybody can send what the policy asks for.",
    instead: "Rest on who calls and from where: principals, VPC endpoints, source accounts.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "s3:GetObject",
      "Resource": "arn:aws:s3:::example-orders/*",
      "Condition": {
        "StringLike": {"aws:Referer": "https://www.example.com/*"}
      }
    }
  ]
}"#,
        clean: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "s3:GetObject",
      "Resource": "arn:aws:s3:::example-orders/*",
      "Condition": {
        "StringEquals": {"aws:SourceVpce": "vpce-0123456789abcdef0"}
      }
    }
  ]
}"#,
    },
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    for condition in subject.conditions() {
        if ["aws:Referer", "aws:UserAgent"].iter().any(|key| condition.is_about(key)) {
            let message = format!("the caller sets `{}` as he likes", shown(condition.key()));
            findings.add(&condition.key_member.node, message);
        }
    }
}
