use crate::{
    PolicyType,
    findings::{Change, Findings},
    rule::{Example, Origin, Rule, Severity},
    subject::Subject,
};

pub(super) static RULE: Rule = Rule {
    code: "MISSING_VERSION",
    title: "Missing version",
    severity: Severity::Warning,
    origin: Origin::AccessAnalyzer,
    applies_to: &PolicyType::ALL,
    what: "The document has no `Version`.",
    why: "AWS then takes `2008-10-17`, in which policy variables such as `${aws:username}` are plain text.",
    instead: "Write `\"Version\": \"2012-10-17\"` as the first element.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{"Statement": {"Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*"}}"#,
        clean: r#"{"Version": "2012-10-17",
 "Statement": {"Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*"}}"#,
    },
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    if subject.root.get("Version").is_none() {
        findings
            .add(subject.root, "the policy does not say which version of the language it is in")
            .fix("Add the current version", [(subject.root, Change::Set("Version".to_owned(), "2012-10-17".into()))]);
    }
}
