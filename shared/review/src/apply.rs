//! AWS CLI commands that put a better version in place, and the original back.

use policy::{Arn, Document};

use crate::PolicyType;

/// Commands, in their order. What only the account knows stands in capitals.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Commands {
    /// Puts `better.json` in place.
    pub apply: Vec<String>,
    /// Puts back what was there.
    pub roll_back: Vec<String>,
}

/// The commands for a policy of this type; for a policy of a resource, by the resources that it names.
#[must_use]
pub fn commands(policy_type: PolicyType, document: &Document) -> Commands {
    let with = |command: &str, option: &str| Commands {
        apply: vec![format!("{command} {option} file://better.json")],
        roll_back: vec![format!("{command} {option} file://original.json")],
    };
    match policy_type {
        PolicyType::Identity | PolicyType::Boundary => Commands {
            apply: vec![
                "aws iam get-policy --policy-arn POLICY_ARN --query Policy.DefaultVersionId".to_owned(),
                "aws iam create-policy-version --policy-arn POLICY_ARN --policy-document file://better.json --set-as-default".to_owned(),
            ],
            roll_back: vec![
                "aws iam set-default-policy-version --policy-arn POLICY_ARN --version-id VERSION_BEFORE".to_owned(),
            ],
        },
        PolicyType::Trust => with("aws iam update-assume-role-policy --role-name ROLE", "--policy-document"),
        PolicyType::Scp | PolicyType::Rcp => with("aws organizations update-policy --policy-id POLICY_ID", "--content"),
        PolicyType::Endpoint => {
            with("aws ec2 modify-vpc-endpoint --vpc-endpoint-id VPC_ENDPOINT_ID", "--policy-document")
        }
        PolicyType::Session => Commands::default(),
        PolicyType::Resource => of_resource(document),
    }
}

fn of_resource(document: &Document) -> Commands {
    let resources = document.statements.iter().filter_map(|statement| statement.resource.as_ref());
    let service =
        resources.flat_map(|block| block.patterns()).find_map(|text| Some(Arn::parse(text).ok()?.service.to_owned()));
    let (command, option) = match service.as_deref() {
        Some("s3") => ("aws s3api put-bucket-policy --bucket BUCKET", "--policy"),
        Some("sns") => {
            ("aws sns set-topic-attributes --topic-arn TOPIC_ARN --attribute-name Policy", "--attribute-value")
        }
        Some("kms") => ("aws kms put-key-policy --key-id KEY_ID --policy-name default", "--policy"),
        Some("secretsmanager") => ("aws secretsmanager put-resource-policy --secret-id SECRET_ID", "--resource-policy"),
        Some("ecr") => ("aws ecr set-repository-policy --repository-name REPOSITORY", "--policy-text"),
        Some("dynamodb") => ("aws dynamodb put-resource-policy --resource-arn TABLE_ARN", "--policy"),
        Some("sqs") => {
            let command = |file: &str| {
                format!(
                    "aws sqs set-queue-attributes --queue-url QUEUE_URL --attributes \"$(jq -n --rawfile policy {file} '{{Policy: $policy}}')\""
                )
            };
            return Commands { apply: vec![command("better.json")], roll_back: vec![command("original.json")] };
        }
        _ => return Commands::default(),
    };
    Commands {
        apply: vec![format!("{command} {option} file://better.json")],
        roll_back: vec![format!("{command} {option} file://original.json")],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_policy_is_put_back_by_the_command_that_put_it() {
        let document = policy::parse(
            r#"{"Statement": {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "arn:aws:s3:::example-orders/*"}}"#,
        );
        let commands = commands(PolicyType::Resource, &document.unwrap());
        assert_eq!(commands.apply, ["aws s3api put-bucket-policy --bucket BUCKET --policy file://better.json"]);
        assert_eq!(commands.roll_back, ["aws s3api put-bucket-policy --bucket BUCKET --policy file://original.json"]);
    }
}
