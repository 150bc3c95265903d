use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "REDUNDANT_RESOURCE",
    title: "Redundant resource",
    severity: Severity::Suggestion,
    origin: Origin::AccessAnalyzer,
    applies_to: &[
        PolicyType::Identity,
        PolicyType::Resource,
        PolicyType::Boundary,
        PolicyType::Session,
        PolicyType::Scp,
        PolicyType::Rcp,
        PolicyType::Endpoint,
    ],
    what: "A resource is contained in another of the same statement.",
    why: "It says nothing, and hides what the statement really reaches.",
    instead: "Keep the wider one, or better, the narrower ones.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "s3:GetObject",
      "Resource": [
        "arn:aws:s3:::example-orders/*",
        "arn:aws:s3:::example-orders/reports/*"
      ]
    }
  ]
}"#,
        clean: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "s3:GetObject",
      "Resource": "arn:aws:s3:::example-orders/*"
    }
  ]
}"#,
    },
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    for statement in &subject.statements {
        let items = &statement.resources.items;
        for (index, resource) in items.iter().enumerate() {
            let contains = |wider: &str, narrower: &str| {
                wider == narrower
                    || (wider.contains(['*', '?']) && !wider.contains("${") && policy::arn_contains(wider, narrower))
            };
            let wider = items.iter().enumerate().find(|(other, wider)| {
                *other != index
                    && contains(wider.text, resource.text)
                    && (*other < index || !contains(resource.text, wider.text))
            });
            if let Some((_, wider)) = wider {
                findings
                    .add(resource.node, format!("`{}` is contained in `{}`", shown(resource.text), shown(wider.text)))
                    .with(wider.node)
                    .fix("Take it out", [(resource.node, Change::Remove)]);
            }
        }
    }
}
