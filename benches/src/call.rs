//! What is asked of AWS: one API call, before it is known who makes it and how it ends.

use serde_json::{Value, json};

use crate::random::Random;

/// Where a call happens, and the names that its resources take.
#[derive(Debug)]
pub struct Scene<'a> {
    /// Chance; everything that differs from call to call comes from it.
    pub random: &'a mut Random,
    /// The account that owns the resources, twelve digits.
    pub account: &'a str,
    /// The region that the call is sent to.
    pub region: &'a str,
    /// The team whose application is at work: `orders` has the bucket `example-orders-documents`, and so on.
    pub team: &'a str,
}

impl Scene<'_> {
    /// The ARN of `resource` (such as `table/orders`) of `service` in this account and region.
    #[must_use]
    pub fn arn(&self, service: &str, resource: &str) -> String {
        format!("arn:aws:{service}:{}:{}:{resource}", self.region, self.account)
    }

    /// The ARN of an IAM resource, such as `role/ci/deployer`: IAM has no region.
    #[must_use]
    pub fn iam_arn(&self, resource: &str) -> String {
        format!("arn:aws:iam::{}:{resource}", self.account)
    }

    /// A number as object keys and items carry it: half of the draws come from a few hundred that are read again
    /// and again, the other half hardly ever repeats.
    pub fn number(&mut self) -> u64 {
        if self.random.chance(500) { 100_000 + self.random.below(300) } else { 200_000 + self.random.below(9_000_000) }
    }

    /// An id such as `i-0123456789abcdef0`: one of a few that the team owns.
    pub fn resource_id(&mut self, prefix: &str, of: u64) -> String {
        let which = self.random.below(of);
        let mut named = Random::named(&format!("{prefix} {} {which}", self.team));
        format!("{prefix}-0{}", named.hex(16))
    }

    /// The id of the KMS key that the team encrypts with.
    #[must_use]
    pub fn key_id(&self) -> String {
        Random::named(&format!("key {}", self.team)).uuid()
    }
}

/// How a call ends when it fails after it was authorised.
pub type Failure = (&'static str, &'static str);

/// One API call.
#[derive(Debug, Clone)]
pub struct Call {
    /// `eventSource`.
    pub source: &'static str,
    /// `eventName`, dated where CloudTrail dates it.
    pub name: &'static str,
    /// `requestParameters`.
    pub request: Value,
    /// `responseElements` of a call that succeeds.
    pub response: Value,
    /// `resources`: type (absent for S3's prefix entries) and ARN.
    pub resources: Vec<(&'static str, String)>,
    /// `additionalEventData`; null where the service writes none.
    pub additional: Value,
    /// `apiVersion`, which some services write.
    pub api_version: Option<&'static str>,
    /// True where nothing is changed by it.
    pub read_only: bool,
    /// True for a data event (objects, items, invocations), false for a management event.
    pub data: bool,
    /// The IAM action that AWS names when it refuses the call.
    pub action: String,
    /// The resource that AWS names when it refuses the call.
    pub target: String,
    /// How it fails, if it does.
    pub failure: Failure,
    /// The service that makes the call under the caller's own session (forward access session).
    pub invoked_by: Option<&'static str>,
}

impl Call {
    /// A call that reads.
    #[must_use]
    pub fn read(source: &'static str, name: &'static str) -> Self {
        let prefix = source.split('.').next().unwrap_or_default();
        let failure = match prefix {
            "s3" => ("SlowDown", "Please reduce your request rate."),
            _ => ("ThrottlingException", "Rate exceeded"),
        };
        Self {
            source,
            name,
            request: Value::Null,
            response: Value::Null,
            resources: Vec::new(),
            additional: Value::Null,
            api_version: None,
            read_only: true,
            data: false,
            action: format!("{prefix}:{name}"),
            target: "*".to_owned(),
            failure,
            invoked_by: None,
        }
    }

    /// A call that changes something.
    #[must_use]
    pub fn write(source: &'static str, name: &'static str) -> Self {
        Self { read_only: false, ..Self::read(source, name) }
    }

    /// What is asked for.
    #[must_use]
    pub fn request(self, request: Value) -> Self {
        Self { request, ..self }
    }

    /// What is answered.
    #[must_use]
    pub fn response(self, response: Value) -> Self {
        Self { response, ..self }
    }

    /// A resource that CloudTrail lists with the event; the first is what a refusal names.
    #[must_use]
    pub fn resource(mut self, kind: &'static str, arn: String) -> Self {
        if self.resources.is_empty() {
            self.target.clone_from(&arn);
        }
        self.resources.push((kind, arn));
        self
    }

    /// Action and resource that a refusal names, where they are not the call's own name and first resource.
    #[must_use]
    pub fn needs(self, action: &str, target: String) -> Self {
        Self { action: action.to_owned(), target, ..self }
    }

    /// Makes it a data event.
    #[must_use]
    pub fn data(self) -> Self {
        Self { data: true, ..self }
    }

    /// The API version that the service writes.
    #[must_use]
    pub fn version(self, version: &'static str) -> Self {
        Self { api_version: Some(version), ..self }
    }

    /// The error that this call ends with when it fails.
    #[must_use]
    pub fn fails(self, code: &'static str, message: &'static str) -> Self {
        Self { failure: (code, message), ..self }
    }

    /// Made by `service` under the session of the caller.
    #[must_use]
    pub fn by(self, service: &'static str) -> Self {
        Self { invoked_by: Some(service), ..self }
    }

    /// `additionalEventData`.
    #[must_use]
    pub fn additional(self, additional: Value) -> Self {
        Self { additional, ..self }
    }

    /// `resources` as CloudTrail writes them.
    #[must_use]
    pub fn resources_json(&self, account: &str) -> Value {
        self.resources
            .iter()
            .map(|(kind, arn)| match *kind {
                // Objects are listed without an account: whoever may have written them.
                "AWS::S3::Object" => json!({"type": kind, "ARN": arn}),
                _ => json!({"accountId": account, "type": kind, "ARN": arn}),
            })
            .collect()
    }
}
