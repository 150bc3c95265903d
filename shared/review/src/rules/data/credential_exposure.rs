use crate::prelude::*;

pub(super) static RULE: Rule = Rule {
    code: "CREDENTIAL_EXPOSURE",
    title: "Credential exposure",
    severity: Severity::Warning,
    origin: Origin::Leastwise,
    applies_to: &[PolicyType::Identity],
    what: "A statement allows to read or make secrets and credentials, all of them.",
    why: "Whoever has it can act as others, past this policy.",
    instead: "Name the secrets, parameters, roles or users.",
    example: Example {
        policy_type: PolicyType::Identity,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "secretsmanager:GetSecretValue",
      "Resource": "*"
    }
  ]
}"#,
        clean: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "secretsmanager:GetSecretValue",
      "Resource": "arn:aws:secretsmanager:eu-west-1:111122223333:secret:orders-a1b2c3"
    }
  ]
}"#,
    },
    check,
};

/// Actions whose answer holds a secret or a credential.
const ACTIONS: [&str; 22] = [
    "chime:CreateApiKey",
    "cognito-identity:GetCredentialsForIdentity",
    "cognito-identity:GetOpenIdToken",
    "connect:GetFederationToken",
    "ec2:GetPasswordData",
    "ecr:GetAuthorizationToken",
    "gamelift:RequestUploadCredentials",
    "iam:CreateAccessKey",
    "iam:CreateLoginProfile",
    "iam:CreateServiceSpecificCredential",
    "iam:ResetServiceSpecificCredential",
    "lightsail:GetInstanceAccessDetails",
    "rds-db:connect",
    "redshift:GetClusterCredentials",
    "secretsmanager:GetSecretValue",
    "ssm:GetParameter",
    "ssm:GetParameters",
    "ssm:GetParametersByPath",
    "sso:GetRoleCredentials",
    "sts:AssumeRole",
    "sts:GetFederationToken",
    "redshift-serverless:GetCredentials",
];

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    for statement in subject.statements.iter().filter(|one| one.allows() && one.actions.is_positive()) {
        let Some(resource) = statement.every_resource().filter(|_| statement.conditions.is_empty()) else { continue };
        for action in statement.actions.items.iter().filter(|action| !action.has_wildcard()) {
            let is_secret = ACTIONS.iter().any(|one| one.eq_ignore_ascii_case(action.text));
            // A token for a registry is asked of no resource.
            let has_resources =
                action.service.and_then(|one| one.action(action.name)).is_some_and(|one| one.resources().len() > 0);
            if is_secret && has_resources {
                findings
                    .add(action.node, format!("`{}` gives every secret of its kind", shown(action.text)))
                    .with(resource);
            }
        }
    }
}
