//! From CloudTrail's event source and name to what the call needs.

#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test that fails may panic")]

use leastwise_catalog::{Provenance, Resolution, RuleEffect, UnknownReason, builtin};

/// `event source, event name -> actions (provenance)`.
const CASES: &[(&str, &str, &str, Provenance)] = &[
    ("s3.amazonaws.com", "GetObject", "s3:GetObject", Provenance::SameName),
    ("s3.amazonaws.com", "HeadObject", "s3:GetObject", Provenance::OperationTable),
    ("s3", "ListObjectsV2", "s3:ListBucket", Provenance::OperationTable),
    ("s3", "ListBuckets", "s3:ListAllMyBuckets", Provenance::OperationTable),
    ("s3", "GetBucketPublicAccessBlock", "s3:GetBucketPublicAccessBlock", Provenance::SameName),
    ("s3", "DeleteBucketPublicAccessBlock", "s3:PutBucketPublicAccessBlock", Provenance::OperationTable),
    ("s3", "GetAccountPublicAccessBlock", "s3:GetAccountPublicAccessBlock", Provenance::SameName),
    ("s3", "CopyObject", "s3:PutObject s3:GetObject", Provenance::OperationTable),
    ("s3-outposts.amazonaws.com", "PutObject", "s3-outposts:PutObject", Provenance::SameName),
    ("s3-outposts.amazonaws.com", "GetBucket", "s3-outposts:GetBucket", Provenance::OperationTable),
    ("s3express.amazonaws.com", "PutObject", "s3express:CreateSession", Provenance::OperationTable),
    ("monitoring.amazonaws.com", "PutMetricData", "cloudwatch:PutMetricData", Provenance::SameName),
    ("tagging.amazonaws.com", "GetResources", "tag:GetResources", Provenance::SameName),
    ("email.amazonaws.com", "SendEmail", "ses:SendEmail", Provenance::SameName),
    ("cloudcontrolapi.amazonaws.com", "CreateResource", "cloudformation:CreateResource", Provenance::SameName),
    ("applicationsignals.amazonaws.com", "ListServices", "application-signals:ListServices", Provenance::SameName),
    ("iotdata.amazonaws.com", "GetThingShadow", "iot:GetThingShadow", Provenance::SameName),
    ("cassandra.amazonaws.com", "CreateTable", "cassandra:Create", Provenance::OperationTable),
    ("billingconsole.amazonaws.com", "GetContactInformation", "account:GetContactInformation", Provenance::SameName),
    ("apigateway.amazonaws.com", "CreateRestApi", "apigateway:POST", Provenance::HttpVerb),
    ("apigateway.amazonaws.com", "GetApis", "apigateway:GET", Provenance::HttpVerb),
    ("bedrock.amazonaws.com", "Converse", "bedrock:InvokeModel", Provenance::OperationTable),
    ("lambda.amazonaws.com", "Invoke", "lambda:InvokeFunction", Provenance::OperationTable),
    ("kms.amazonaws.com", "ReEncrypt", "kms:ReEncryptFrom kms:ReEncryptTo", Provenance::OperationTable),
    ("sqs.amazonaws.com", "SendMessageBatch", "sqs:SendMessage", Provenance::OperationTable),
    (
        "elasticloadbalancing.amazonaws.com",
        "CreateTargetGroup",
        "elasticloadbalancing:CreateTargetGroup",
        Provenance::SameName,
    ),
    ("sts.amazonaws.com", "GetCallerIdentity", "sts:GetCallerIdentity", Provenance::SameName),
    ("sts.amazonaws.com", "AssumeRoleWithSAML", "sts:AssumeRoleWithSAML", Provenance::SameName),
    // dates, versions, stray white space, case, the China partition
    ("lambda.amazonaws.com", "CreateFunction20150331", "lambda:CreateFunction", Provenance::SameName),
    ("lambda.amazonaws.com", "UpdateFunctionCode20150331v2", "lambda:UpdateFunctionCode", Provenance::SameName),
    ("cloudfront.amazonaws.com", "GetDistribution2020_05_31", "cloudfront:GetDistribution", Provenance::SameName),
    ("ec2.amazonaws.com.cn", " RunInstances ", "ec2:RunInstances", Provenance::SameName),
    ("EC2.amazonaws.com", "runinstances", "ec2:RunInstances", Provenance::SameName),
];

#[test]
fn events_need_these_actions() {
    for &(source, event, expected, provenance) in CASES {
        let Resolution::Permission(operation) = builtin().operation(source, event) else {
            panic!("{source} {event}: {:?}", builtin().operation(source, event));
        };
        let actions: Vec<String> =
            operation.actions().map(|action| format!("{}:{}", action.service(), action.name())).collect();
        assert_eq!(actions.join(" "), expected, "{source} {event}");
        assert_eq!(operation.provenance(), provenance, "{source} {event}");
        assert!(!operation.one_of(), "{source} {event}");
    }
}

#[test]
fn some_requests_decide_which_of_several() {
    for (source, event) in [("dynamodb", "ExecuteStatement"), ("dynamodb", "TransactWriteItems")] {
        let Resolution::Permission(operation) = builtin().operation(source, event) else { panic!("{event}") };
        assert!(operation.one_of());
        assert_eq!(operation.actions().count(), 4, "{event}");
    }
}

#[test]
fn calls_without_a_permission_say_why() {
    for (source, event) in
        [("sts", "GetSessionToken"), ("sso-oidc", "CreateToken"), ("connectparticipant", "SendMessage")]
    {
        let Resolution::None { reason, .. } = builtin().operation(source, event) else {
            panic!("{event}: {:?}", builtin().operation(source, event));
        };
        assert!(!reason.is_empty());
    }
}

#[test]
fn what_is_not_known_is_not_guessed() {
    let unknown = |source: &str, event: &str| match builtin().operation(source, event) {
        Resolution::Unknown(reason) => Some(reason),
        _ => None,
    };
    assert_eq!(unknown("nothing.amazonaws.com", "GetObject"), Some(UnknownReason::Service));
    assert_eq!(unknown("s3.amazonaws.com", "GetSomethingInternal"), Some(UnknownReason::Operation));
    assert_eq!(unknown("", ""), Some(UnknownReason::Service));
    for event in ["", "20150331", "v2", "_2020_05_31", "ü20150331", "GetObject2015033"] {
        assert_eq!(unknown("s3", event), Some(UnknownReason::Operation), "{event}");
    }
}

#[test]
fn withdrawn_operations_are_called_so() {
    for (source, event) in
        [("iotthingsgraph", "DeploySystemInstance"), ("iotthingsgraph", "Whatever"), ("cloudhsm", "CreateHapg")]
    {
        assert!(matches!(builtin().operation(source, event), Resolution::Retired { .. }), "{source} {event}");
    }
}

/// `event: parameter -> actions`, with `+` for actions that come in addition.
fn rule(source: &str, event: &str, parameter: &str) -> Option<String> {
    let Resolution::Permission(operation) = builtin().operation(source, event) else { return None };
    let rule = operation.rules().find(|rule| rule.when() == parameter)?;
    let actions: Vec<String> = rule.actions().map(|action| format!("{}:{}", action.service(), action.name())).collect();
    let sign = if rule.effect() == RuleEffect::Also { "+" } else { "=" };
    Some(format!("{sign} {}", actions.join(" ")))
}

#[test]
fn the_request_decides() {
    let cases = [
        ("s3", "GetObject", "versionId", "= s3:GetObjectVersion"),
        ("s3", "HeadObject", "versionId", "= s3:GetObjectVersion"),
        ("s3", "DeleteObject", "versionId", "= s3:DeleteObjectVersion"),
        ("s3", "PutObject", "x-amz-acl", "+ s3:PutObjectAcl"),
        ("s3", "PutObject", "x-amz-tagging", "+ s3:PutObjectTagging"),
        (
            "s3",
            "CreateBucket",
            "x-amz-bucket-object-lock-enabled",
            "+ s3:PutBucketObjectLockConfiguration s3:PutBucketVersioning",
        ),
        ("ec2", "RunInstances", "tagSpecificationSet", "+ ec2:CreateTags"),
        ("lambda", "CreateFunction20150331", "tags", "+ lambda:TagResource"),
        ("iam", "CreateRole", "tags", "+ iam:TagRole"),
    ];
    for (source, event, parameter, expected) in cases {
        assert_eq!(rule(source, event, parameter).as_deref(), Some(expected), "{source} {event} {parameter}");
    }
    assert_eq!(rule("lambda", "TagResource20170331v2", "tags"), None);
    assert_eq!(rule("ec2", "CreateTags", "tagSpecificationSet"), None);
}

#[test]
fn transactions_need_what_their_items_do() {
    let Resolution::Permission(operation) = builtin().operation("dynamodb", "TransactWriteItems") else { panic!() };
    let rows: Vec<String> = operation
        .rules()
        .map(|rule| {
            format!("{}={:?}", rule.when(), rule.equals().zip(rule.actions().next().map(|action| action.name())))
        })
        .collect();
    assert!(rows.contains(&"operation=Some((\"Put\", \"PutItem\"))".to_owned()), "{rows:?}");
}

/// The best parameter for a part of an ARN.
fn binding(source: &str, event: &str, kind: &str, variable: &str) -> Option<&'static str> {
    let Resolution::Permission(operation) = builtin().operation(source, event) else { return None };
    operation
        .bindings()
        .find(|binding| binding.resource_type.name() == kind && binding.variable == variable)
        .map(|binding| binding.parameter)
}

#[test]
fn requests_name_resources() {
    let cases = [
        ("s3", "PutObject", "object", "BucketName", "bucketName"),
        ("s3", "PutObject", "object", "ObjectName", "key"),
        ("dynamodb", "PutItem", "table", "TableName", "tableName"),
        ("lambda", "GetFunction20150331v2", "function", "FunctionName", "FunctionName"),
        ("kms", "Decrypt", "key", "KeyId", "keyId"),
        ("iam", "CreateUser", "user", "UserNameWithPath", "UserName"),
        ("rds", "DeleteDBInstance", "db", "DbInstanceName", "dBInstanceIdentifier"),
        ("ec2", "CreateNetworkAclEntry", "network-acl", "NaclId", "networkAclId"),
        ("ec2", "TerminateInstances", "instance", "InstanceId", "InstanceId"),
        ("sns", "Publish", "topic", "", "topicArn"),
        ("sts", "AssumeRole", "role", "", "RoleArn"),
        ("states", "StartExecution", "statemachine", "", "stateMachineArn"),
        ("cloudfront", "GetDistribution", "distribution", "DistributionId", "Id"),
        ("wafv2", "UpdateIPSet", "ipset", "Scope", "Scope"),
        ("wafv2", "UpdateIPSet", "ipset", "Name", "Name"),
        ("wafv2", "UpdateIPSet", "ipset", "Id", "Id"),
        ("apigateway", "CreateStage", "Stages", "RestApiId", "restApiId"),
        ("elasticloadbalancing", "CreateListener", "loadbalancer/app/", "", "LoadBalancerArn"),
    ];
    for (source, event, kind, variable, parameter) in cases {
        assert_eq!(binding(source, event, kind, variable), Some(parameter), "{source} {event} {kind} {variable}");
    }
    // The name of the execution is not the name of the state machine, nor the image's name its identifier.
    assert_eq!(binding("states", "StartExecution", "statemachine", "StateMachineName"), None);
    assert_eq!(binding("ec2", "CreateImage", "image", "ImageId"), None);
}

#[test]
fn every_binding_belongs_to_its_arn_format() {
    for service in builtin().services() {
        for action in service.actions() {
            let Resolution::Permission(operation) = builtin().operation(service.prefix(), action.name()) else {
                continue;
            };
            for binding in operation.bindings().filter(|binding| !binding.variable.is_empty()) {
                let part = format!("${{{}}}", binding.variable);
                let kind = binding.resource_type;
                assert!(kind.arn_formats().any(|format| format.contains(&part)), "{kind:?} {part}");
            }
        }
    }
}
