use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "DATA_EXFILTRATION",
    title: "Data exfiltration",
    severity: Severity::Warning,
    origin: Origin::Leastwise,
    applies_to: &[PolicyType::Identity],
    what: "A statement allows to copy away data in bulk, all there is.",
    why: "Whoever has it can take the account's data to another.",
    instead: "Name the buckets, tables and snapshots.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "s3:GetObject",
      "Resource": "*"
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

const ACTIONS: [&str; 14] = [
    "athena:GetQueryResults",
    "dynamodb:ExportTableToPointInTime",
    "dynamodb:Scan",
    "ebs:GetSnapshotBlock",
    "ec2:CreateSnapshot",
    "ec2:ModifySnapshotAttribute",
    "ec2:ModifyImageAttribute",
    "kinesis:GetRecords",
    "lambda:GetFunction",
    "rds:CreateDBSnapshot",
    "rds:ModifyDBSnapshotAttribute",
    "rds:StartExportTask",
    "s3:GetObject",
    "sqs:ReceiveMessage",
];

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    for statement in subject.statements.iter().filter(|one| one.allows() && one.actions.is_positive()) {
        let Some(resource) = statement.every_resource().filter(|_| statement.conditions.is_empty()) else { continue };
        for action in statement.actions.items.iter().filter(|action| !action.has_wildcard()) {
            if ACTIONS.iter().any(|one| one.eq_ignore_ascii_case(action.text)) {
                findings
                    .add(action.node, format!("`{}` reaches all data of its kind", shown(action.text)))
                    .with(resource);
            }
        }
    }
}
