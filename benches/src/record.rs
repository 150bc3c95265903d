//! One call of one actor as the record that CloudTrail writes of it.

use serde_json::{Value, json};

use crate::actor::{Actor, set};
use crate::call::Call;
use crate::random::Random;

/// How a call ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It did what was asked.
    Succeeded,
    /// It was authorised, and failed for another reason.
    Failed,
    /// It was not authorised.
    Denied,
}

/// Where and when a call is recorded.
#[derive(Debug, Clone, Copy)]
pub struct Circumstances<'a> {
    /// The account whose trail this is.
    pub account: &'a str,
    /// `awsRegion`.
    pub region: &'a str,
    /// `eventTime`.
    pub time: &'a str,
    /// When the caller's session began.
    pub began: &'a str,
}

/// The record, with its fields in CloudTrail's order.
pub fn record(actor: &Actor, call: &Call, outcome: Outcome, at: Circumstances<'_>, random: &mut Random) -> Value {
    let (mut identity, caller) = actor.identity(at.account, at.began, random);
    let (mut address, mut agent) = actor.client(random);
    if let Some(service) = call.invoked_by {
        set(&mut identity, "invokedBy", json!(service));
        address = service.to_owned();
        agent = service.to_owned();
    }
    let person = matches!(actor, Actor::PermissionSet { .. } | Actor::Root) && call.invoked_by.is_none();
    let machine = matches!(actor, Actor::Service { .. } | Actor::ServiceLinked { .. }) || call.invoked_by.is_some();

    let mut record = json!({
        "eventVersion": "1.11",
        "userIdentity": identity,
        "eventTime": at.time,
        "eventSource": call.source,
        "eventName": call.name,
        "awsRegion": at.region,
        "sourceIPAddress": address,
        "userAgent": agent
    });
    match outcome {
        Outcome::Succeeded => {}
        Outcome::Failed => {
            set(&mut record, "errorCode", json!(call.failure.0));
            set(&mut record, "errorMessage", json!(call.failure.1));
        }
        Outcome::Denied => {
            let (code, message) = refusal(call, &caller, random);
            set(&mut record, "errorCode", json!(code));
            set(&mut record, "errorMessage", json!(message));
        }
    }
    set(&mut record, "requestParameters", call.request.clone());
    let response = if outcome == Outcome::Succeeded { call.response.clone() } else { Value::Null };
    set(&mut record, "responseElements", response);
    if call.source == "s3.amazonaws.com" {
        set(&mut record, "additionalEventData", s3_transfer(call, outcome, random));
    } else if !call.additional.is_null() {
        set(&mut record, "additionalEventData", call.additional.clone());
    }
    let request_id = match call.source {
        "s3.amazonaws.com" => random.capitals(16),
        "dynamodb.amazonaws.com" => random.capitals(52),
        _ => random.uuid(),
    };
    set(&mut record, "requestID", json!(request_id));
    set(&mut record, "eventID", json!(random.uuid()));
    set(&mut record, "readOnly", json!(call.read_only));
    if !call.resources.is_empty() {
        set(&mut record, "resources", call.resources_json(at.account));
    }
    set(&mut record, "eventType", json!("AwsApiCall"));
    if let Some(version) = call.api_version {
        set(&mut record, "apiVersion", json!(version));
    }
    set(&mut record, "managementEvent", json!(!call.data));
    set(&mut record, "recipientAccountId", json!(at.account));
    if actor.account(at.account) != at.account {
        set(&mut record, "sharedEventID", json!(random.uuid()));
    }
    if call.data && random.chance(300) {
        let endpoint = Random::named(at.region).hex(17);
        set(&mut record, "vpcEndpointId", json!(format!("vpce-{endpoint}")));
        set(&mut record, "vpcEndpointAccountId", json!(at.account));
    }
    set(&mut record, "eventCategory", json!(if call.data { "Data" } else { "Management" }));
    if person {
        set(&mut record, "sessionCredentialFromConsole", json!("true"));
    } else if !machine {
        set(&mut record, "tlsDetails", tls(call, at.region));
    }
    record
}

/// AWS's words for "not authorized": EC2's own, S3's with quotes, and those of all others.
fn refusal(call: &Call, caller: &str, random: &mut Random) -> (&'static str, String) {
    let Call { action, target, .. } = call;
    let because = format!("because no identity-based policy allows the {action} action");
    match call.source {
        "ec2.amazonaws.com" => (
            "Client.UnauthorizedOperation",
            format!(
                "You are not authorized to perform this operation. User: {caller} is not authorized to perform: \
                 {action} on resource: {target} {because}. Encoded authorization failure message: {}",
                random.alphanumeric(180)
            ),
        ),
        "s3.amazonaws.com" => (
            "AccessDenied",
            format!("User: {caller} is not authorized to perform: {action} on resource: \"{target}\" {because}"),
        ),
        source => {
            let code = match source {
                "iam.amazonaws.com" | "sts.amazonaws.com" | "sqs.amazonaws.com" | "organizations.amazonaws.com" => {
                    "AccessDenied"
                }
                _ => "AccessDeniedException",
            };
            (code, format!("User: {caller} is not authorized to perform: {action} on resource: {target} {because}"))
        }
    }
}

fn s3_transfer(call: &Call, outcome: Outcome, random: &mut Random) -> Value {
    let size = if outcome == Outcome::Succeeded { 200 + random.below(90_000) } else { 243 };
    let (received, sent) = if call.read_only { (0, size) } else { (size, 0) };
    json!({
        "SignatureVersion": "SigV4",
        "CipherSuite": "TLS_AES_128_GCM_SHA256",
        "bytesTransferredIn": received,
        "SSEApplied": "SSE_KMS",
        "AuthenticationMethod": "AuthHeader",
        "x-amz-id-2": format!("{}=", random.alphanumeric(75)),
        "bytesTransferredOut": sent
    })
}

fn tls(call: &Call, region: &str) -> Value {
    let prefix = call.source.split('.').next().unwrap_or_default();
    let bucket = call.request.get("bucketName").and_then(Value::as_str);
    let host = match (bucket, prefix) {
        (Some(bucket), "s3") => format!("{bucket}.s3.{region}.amazonaws.com"),
        (_, "iam" | "route53" | "cloudfront" | "organizations") => call.source.to_owned(),
        _ => format!("{prefix}.{region}.amazonaws.com"),
    };
    json!({"tlsVersion": "TLSv1.3", "cipherSuite": "TLS_AES_128_GCM_SHA256", "clientProvidedHostHeader": host})
}
