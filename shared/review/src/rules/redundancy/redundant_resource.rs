use crate::prelude::*;
use foldhash::fast::FixedState;
use hashbrown::HashMap;

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

/// The most pairs of patterns that are compared in one statement; a list that has more is longer than AWS takes.
const MOST: usize = 1_000_000;

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    for statement in &subject.statements {
        let items = &statement.resources.items;
        let is_wild = |text: &str| text.contains(['*', '?']) && !text.contains("${");
        let mut wild: Vec<usize> =
            (0..items.len()).filter(|at| items.get(*at).is_some_and(|one| is_wild(one.text))).collect();
        if wild.len().saturating_mul(items.len()) > MOST {
            wild.clear();
        }
        let contains = |wider: &str, narrower: &str| is_wild(wider) && policy::arn_contains(wider, narrower);
        let mut seen: HashMap<&str, usize, FixedState> = HashMap::default();
        for (index, resource) in items.iter().enumerate() {
            // Of two that are the same, the first stays.
            let wider = wild.iter().copied().find(|other| {
                items.get(*other).is_some_and(|wider| {
                    *other != index
                        && contains(wider.text, resource.text)
                        && (*other < index || !contains(resource.text, wider.text))
                })
            });
            let before = *seen.entry(resource.text).or_insert(index);
            let wider = wider.or((before != index).then_some(before)).and_then(|at| items.get(at));
            if let Some(wider) = wider {
                findings
                    .add(resource.node, format!("`{}` is contained in `{}`", shown(resource.text), shown(wider.text)))
                    .with(wider.node)
                    .fix("Take it out", [(resource.node, Change::Remove)]);
            }
        }
    }
}
