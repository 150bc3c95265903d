use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "INVALID_SERVICE_PRINCIPAL_FORMAT",
    title: "Invalid service principal format",
    severity: Severity::Error,
    origin: Origin::AccessAnalyzer,
    applies_to: &[PolicyType::Resource, PolicyType::Trust, PolicyType::Rcp, PolicyType::Endpoint],
    what: "A service principal is not of the form `service.amazonaws.com`.",
    why: "AWS refuses the policy.",
    instead: "Write the service's principal as its documentation has it.",
    example: Example {
        policy_type: PolicyType::Trust,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": {"Service": "ec2"},
      "Action": "sts:AssumeRole"
    }
  ]
}"#,
        clean: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": {"Service": "ec2.amazonaws.com"},
      "Action": "sts:AssumeRole"
    }
  ]
}"#,
    },
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    for principal in subject.principals() {
        let is_service = principal.kind == Some(policy::PrincipalKind::Service);
        let ends = [
            ".amazonaws.com",
            ".amazonaws.com.cn",
            ".aws.internal",
            ".amazon.com",
            ".aws.amazon.com",
            ".aws",
            ".amazonaws.eu",
        ];
        if is_service && !principal.text.contains(['*', '?']) && !ends.iter().any(|end| principal.text.ends_with(end)) {
            findings
                .add(principal.node, format!("`{}` is not of the form `service.amazonaws.com`", shown(principal.text)));
        }
    }
}
