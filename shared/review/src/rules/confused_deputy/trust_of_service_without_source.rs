use policy::PrincipalKind;

use super::says_for_whom;
use crate::{arn_formats::is_region, prelude::*, subject::Condition};

pub(super) static RULE: Rule = Rule {
    code: "TRUST_OF_SERVICE_WITHOUT_SOURCE",
    title: "Trust of service without source",
    severity: Severity::Warning,
    origin: Origin::Leastwise,
    applies_to: &[PolicyType::Trust],
    what: "A trust policy trusts a service that says for which account and resource it assumes a role, and does not ask for \
           either. Only services whose documentation asks for it are looked at.",
    why: "The service can be made to assume the role for somebody else's account: the confused deputy.",
    instead: "Ask for `aws:SourceAccount`, `aws:SourceArn`, `aws:SourceOrgID` or `aws:SourceOrgPaths`.",
    example: Example {
        policy_type: PolicyType::Trust,
        flagged: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": {"Service": "scheduler.amazonaws.com"},
      "Action": "sts:AssumeRole"
    }
  ]
}"#,
        clean: r#"{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": {"Service": "scheduler.amazonaws.com"},
      "Action": "sts:AssumeRole",
      "Condition": {
        "StringEquals": {"aws:SourceAccount": "111122223333"}
      }
    }
  ]
}"#,
    },
    check,
};

/// Services whose documentation asks for the keys in trust policies, by what stands before `.amazonaws.com`, with the page
/// behind <https://docs.aws.amazon.com/>. Services that are not known to send the keys when they assume roles (EC2, Lambda,
/// CloudTrail, CloudFormation for its stacks, ...) are none of these: with the condition they could not assume the role.
const SERVICES: [(&str, &str); 26] = [
    ("application-autoscaling", "emr/latest/ManagementGuide/emr-iam-role-automatic-scaling.html"),
    ("appstream", "appstream2/latest/developerguide/example-fleet-machine.html"),
    ("appsync", "appsync/latest/devguide/attaching-a-data-source.html"),
    ("bedrock", "bedrock/latest/userguide/agents-permissions.html"),
    ("codebuild", "codebuild/latest/userguide/setting-up-service-role.html"),
    ("codedeploy", "codedeploy/latest/userguide/security_confused_deputy.html"),
    ("datasync", "datasync/latest/userguide/cross-service-confused-deputy-prevention.html"),
    ("datazone", "sagemaker-unified-studio/latest/adminguide/AmazonSageMakerDomainService.html"),
    ("ecs-tasks", "AmazonECS/latest/developerguide/task-iam-roles.html"),
    ("elasticmapreduce", "emr/latest/ManagementGuide/emr-iam-role.html"),
    ("events", "eventbridge/latest/userguide/cross-service-confused-deputy-prevention.html"),
    ("fis", "fis/latest/userguide/getting-started-iam-service-role.html"),
    ("frauddetector", "frauddetector/latest/ug/confused-deputy-prevention.html"),
    ("greengrass", "greengrass/v1/developerguide/cross-service-confused-deputy-prevention.html"),
    ("iot", "iot/latest/developerguide/cross-service-confused-deputy-prevention.html"),
    ("logs", "AmazonCloudWatch/latest/logs/SubscriptionFilters.html"),
    ("monitoring.rds", "AmazonRDS/latest/UserGuide/USER_Monitoring.OS.Enabling.html"),
    ("personalize", "personalize/latest/dg/cross-service-confused-deputy-prevention.html"),
    ("pipes", "eventbridge/latest/userguide/cross-service-confused-deputy-prevention.html"),
    ("rds", "AmazonRDS/latest/UserGuide/cross-service-confused-deputy-prevention.html"),
    ("resources.cloudformation", "AWSCloudFormation/latest/UserGuide/cross-service-confused-deputy-prevention.html"),
    ("scheduler", "scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html"),
    ("ssm", "systems-manager/latest/userguide/cross-service-confused-deputy-prevention.html"),
    ("states", "step-functions/latest/dg/procedure-create-iam-role.html"),
    ("transfer", "transfer/latest/userguide/confused-deputy.html"),
    ("vpc-flow-logs", "vpc/latest/userguide/flow-logs-iam-role.html"),
];

fn check(subject: &Subject<'_>, findings: &mut Findings<'_, '_>) {
    let statements = subject.statements.iter().filter(|one| one.allows() && one.principals.is_positive());
    for statement in statements.filter(|one| !one.conditions.iter().any(is_enough)) {
        let services = statement.principals.items.iter().filter(|one| one.kind == Some(PrincipalKind::Service));
        for principal in services {
            if let Some((_, page)) = documented(principal.text) {
                let message = format!(
                    "`{}` may assume the role for any account; its documentation asks to say which: https://docs.aws.amazon.com/{page}",
                    shown(principal.text)
                );
                findings.add(principal.node, message);
            }
        }
    }
}

fn documented(principal: &str) -> Option<&'static (&'static str, &'static str)> {
    let principal = principal.to_ascii_lowercase();
    let service = principal.strip_suffix(".amazonaws.com").or_else(|| principal.strip_suffix(".amazonaws.com.cn"))?;
    let service = match service.rsplit_once('.') {
        Some((service, region)) if is_region(region) => service,
        _ => service,
    };
    SERVICES.iter().find(|(known, _)| *known == service)
}

/// Whether a condition says so; an external id does, too, where a service sends it.
fn is_enough(condition: &Condition<'_>) -> bool {
    says_for_whom(condition) || condition.is_about("sts:ExternalId") && condition.asks_for_more_than_stars()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn services_are_sorted_and_each_names_its_page() {
        assert!(SERVICES.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert!(SERVICES.iter().all(|(_, page)| page.ends_with(".html") && !page.starts_with('/')));
    }

    #[test]
    fn a_service_is_the_same_in_every_region() {
        for principal in
            ["states.amazonaws.com", "states.us-east-1.amazonaws.com", "States.cn-north-1.amazonaws.com.cn"]
        {
            assert!(documented(principal).is_some(), "{principal}");
        }
        assert!(documented("monitoring.rds.amazonaws.com").is_some() && documented("ec2.amazonaws.com").is_none());
    }
}
