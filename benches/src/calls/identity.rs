//! IAM, STS and what else is global: Organizations, Support, Route 53, CloudFront.

use serde_json::json;

use crate::call::{Call, Scene};

const IAM: &str = "iam.amazonaws.com";
const STS: &str = "sts.amazonaws.com";
const ROUTE53: &str = "route53.amazonaws.com";
const CLOUDFRONT: &str = "cloudfront.amazonaws.com";

fn credentials(scene: &mut Scene<'_>) -> serde_json::Value {
    json!({
        "accessKeyId": format!("ASIAEXAMPLE{}", scene.random.capitals(9)), "expiration": "Mar 2, 2026, 6:00:00 PM",
        "sessionToken": "EXAMPLEtOKEN"
    })
}

fn assume(
    scene: &mut Scene<'_>,
    name: &'static str,
    role: &str,
    session: &str,
    mut request: serde_json::Value,
) -> Call {
    let arn = scene.iam_arn(&format!("role/{role}"));
    if let Some(fields) = request.as_object_mut() {
        fields.insert("roleArn".to_owned(), json!(arn));
        fields.insert("roleSessionName".to_owned(), json!(session));
    }
    let short = role.rsplit('/').next().unwrap_or_default();
    let response = json!({
        "credentials": credentials(scene),
        "assumedRoleUser": {
            "assumedRoleId": format!("AROAEXAMPLE{}:{session}", scene.random.capitals(9)),
            "arn": format!("arn:aws:sts::{}:assumed-role/{short}/{session}", scene.account)
        }
    });
    Call::read(STS, name).request(request).response(response).resource("AWS::IAM::Role", arn).fails(
        "ValidationException",
        "1 validation error detected: Value at 'durationSeconds' failed to satisfy constraint",
    )
}

/// Takes on the role of a partner application.
pub fn assume_role(scene: &mut Scene<'_>) -> Call {
    let role = format!("{0}/{0}-reader", scene.team);
    assume(scene, "AssumeRole", &role, "reader", json!({"durationSeconds": 3600}))
}

/// Takes on a role with an external id, from another account.
pub fn assume_role_from_outside(scene: &mut Scene<'_>) -> Call {
    assume(scene, "AssumeRole", "partners/settlement-intake", "settlement", json!({"externalId": "example-settlement"}))
}

/// A service starts to work with a role that was passed to it.
pub fn assume_service_role(scene: &mut Scene<'_>) -> Call {
    let role = format!("{0}/{0}-intake", scene.team);
    assume(scene, "AssumeRole", &role, "intake", json!({}))
}

/// A person comes in from the company's directory.
pub fn assume_role_with_saml(scene: &mut Scene<'_>) -> Call {
    let provider = scene.iam_arn("saml-provider/example-directory");
    assume(
        scene,
        "AssumeRoleWithSAML",
        "support/duty",
        "ravi@example.com",
        json!({"principalArn": provider, "sAMLAssertionID": "_example"}),
    )
}

/// A build comes in with a token of its platform.
pub fn assume_role_with_web_identity(scene: &mut Scene<'_>) -> Call {
    assume(scene, "AssumeRoleWithWebIdentity", "ci/deployer", "build", json!({"durationSeconds": 1800}))
}

/// Who am I? Needs no permission.
pub fn get_caller_identity(_: &mut Scene<'_>) -> Call {
    Call::read(STS, "GetCallerIdentity")
}

/// Reads one role.
pub fn get_role(scene: &mut Scene<'_>) -> Call {
    let name = format!("{}-intake", scene.team);
    let target = scene.iam_arn(&format!("role/{0}/{name}", scene.team));
    Call::read(IAM, "GetRole")
        .request(json!({"roleName": name}))
        .needs("iam:GetRole", target)
        .fails("NoSuchEntityException", "The role cannot be found.")
}

/// The console's list of roles.
pub fn list_roles(_: &mut Scene<'_>) -> Call {
    Call::read(IAM, "ListRoles").request(json!({"maxItems": 1000}))
}

/// Creates a user, which nobody here may.
pub fn create_user(scene: &mut Scene<'_>) -> Call {
    let target = scene.iam_arn("user/intern");
    Call::write(IAM, "CreateUser").request(json!({"userName": "intern"})).needs("iam:CreateUser", target)
}

/// Gives a role full access, which nobody here may.
pub fn attach_role_policy(scene: &mut Scene<'_>) -> Call {
    let name = format!("{}-intake", scene.team);
    let target = scene.iam_arn(&format!("role/{0}/{name}", scene.team));
    Call::write(IAM, "AttachRolePolicy")
        .request(json!({"roleName": name, "policyArn": "arn:aws:iam::aws:policy/AdministratorAccess"}))
        .needs("iam:AttachRolePolicy", target)
}

/// Renews the account's contact, as root.
pub fn get_account_summary(_: &mut Scene<'_>) -> Call {
    Call::read(IAM, "GetAccountSummary")
}

/// The console asks whose account it shows.
pub fn describe_organization(_: &mut Scene<'_>) -> Call {
    Call::read("organizations.amazonaws.com", "DescribeOrganization")
}

/// The console's bell.
pub fn describe_event_aggregates(_: &mut Scene<'_>) -> Call {
    Call::read("health.amazonaws.com", "DescribeEventAggregates").request(json!({
        "aggregateField": "eventTypeCategory", "filter": {"eventStatusCodes": ["open", "upcoming"]}
    }))
}

/// Points a name at the new release.
pub fn change_resource_record_sets(scene: &mut Scene<'_>) -> Call {
    let zone = "Z0123456EXAMPLE";
    Call::write(ROUTE53, "ChangeResourceRecordSets")
        .request(json!({
            "hostedZoneId": zone,
            "changeBatch": {"changes": [{"action": "UPSERT", "resourceRecordSet": {
                "name": format!("{}.example.com", scene.team), "type": "CNAME", "tTL": 60,
                "resourceRecords": [{"value": format!("{}-api.example.net", scene.team)}]
            }}]}
        }))
        .response(json!({"changeInfo": {"id": format!("/change/C{}", scene.random.capitals(20)), "status": "PENDING", "submittedAt": "Mar 2, 2026, 9:12:01 AM"}}))
        .needs("route53:ChangeResourceRecordSets", format!("arn:aws:route53:::hostedzone/{zone}"))
        .version("2013-04-01")
        .fails("InvalidChangeBatch", "The request contains an invalid set of changes for a resource record set")
}

/// Throws old pages out of the edge caches; the event's name carries a date.
pub fn create_invalidation(scene: &mut Scene<'_>) -> Call {
    let id = format!("E2EXAMPLE{}", scene.team.to_uppercase());
    Call::write(CLOUDFRONT, "CreateInvalidation2020_05_31")
        .request(json!({
            "distributionId": id,
            "invalidationBatch": {"callerReference": scene.random.uuid(), "paths": {"quantity": 1, "items": ["/*"]}}
        }))
        .needs("cloudfront:CreateInvalidation", format!("arn:aws:cloudfront::{}:distribution/{id}", scene.account))
        .version("2020_05_31")
        .fails("TooManyInvalidationsInProgress", "Processing your request will cause you to exceed the maximum number of in-progress wildcard invalidations.")
}

/// Looks at a distribution.
pub fn get_distribution(scene: &mut Scene<'_>) -> Call {
    let id = format!("E2EXAMPLE{}", scene.team.to_uppercase());
    Call::read(CLOUDFRONT, "GetDistribution2020_05_31")
        .request(json!({"id": id}))
        .needs("cloudfront:GetDistribution", format!("arn:aws:cloudfront::{}:distribution/{id}", scene.account))
        .version("2020_05_31")
}
