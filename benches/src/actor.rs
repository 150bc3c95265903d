//! Who calls: every kind of `userIdentity` that CloudTrail writes.

use serde_json::{Map, Value, json};

use crate::cast::HOME;
use crate::random::Random;

/// A caller of AWS.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// An IAM user with an access key.
    User {
        /// Name without path.
        name: String,
    },
    /// A role with some sessions, often with a path such as `/orders/`.
    Role {
        /// Path with both slashes.
        path: String,
        /// Name without path.
        name: String,
        /// Session names that turn up.
        sessions: Vec<String>,
        /// The account of the role, where it is not the account that is called.
        account: Option<String>,
    },
    /// A person's role from IAM Identity Center.
    PermissionSet {
        /// Name of the permission set.
        name: String,
        /// The person.
        person: String,
    },
    /// The account's root user.
    Root,
    /// A principal of another account, of which CloudTrail tells no more than that account.
    OtherAccount {
        /// That account.
        account: String,
    },
    /// A service with its own principal, such as `cloudtrail.amazonaws.com`.
    Service {
        /// The service principal.
        principal: String,
    },
    /// A service-linked role at work.
    ServiceLinked {
        /// The service principal.
        principal: String,
        /// Role name, `AWSServiceRoleFor...`.
        role: String,
    },
    /// Temporary credentials that an IAM user obtained with `GetFederationToken`.
    Federated {
        /// Name of the federated user.
        name: String,
        /// The user who issued the token.
        issuer: String,
    },
    /// The caller of `AssumeRoleWithSAML`.
    Saml {
        /// Name at the identity provider.
        person: String,
    },
    /// The caller of `AssumeRoleWithWebIdentity`.
    WebIdentity {
        /// Subject in the token.
        subject: String,
    },
}

impl Actor {
    /// A role of the account that is called.
    #[must_use]
    pub fn role(path: &str, name: &str, sessions: &[&str]) -> Self {
        Self::Role {
            path: path.to_owned(),
            name: name.to_owned(),
            sessions: sessions.iter().map(|session| (*session).to_owned()).collect(),
            account: None,
        }
    }

    /// The same role in another account.
    #[must_use]
    pub fn of_account(self, other: &str) -> Self {
        match self {
            Self::Role { path, name, sessions, .. } => {
                Self::Role { path, name, sessions, account: Some(other.to_owned()) }
            }
            actor => actor,
        }
    }

    /// The account that the caller belongs to, when `account` is called.
    #[must_use]
    pub fn account<'a>(&'a self, account: &'a str) -> &'a str {
        match self {
            Self::Role { account: Some(other), .. } | Self::OtherAccount { account: other } => other,
            _ => account,
        }
    }

    /// `userIdentity` of one call to `account`, in a session begun at `began`; and the ARN that a refusal names.
    pub fn identity(&self, account: &str, began: &str, random: &mut Random) -> (Value, String) {
        match self {
            Self::User { name } => {
                let arn = format!("arn:aws:iam::{account}:user/{name}");
                let identity = json!({
                    "type": "IAMUser", "principalId": unique_id("AIDA", name), "arn": arn, "accountId": account,
                    "accessKeyId": unique_id("AKIA", name), "userName": name
                });
                (identity, arn)
            }
            Self::Role { path, name, sessions, account: owner } => {
                let sessions: Vec<&str> = sessions.iter().map(String::as_str).collect();
                let session = random.pick(&sessions);
                session_of(owner.as_deref().unwrap_or(account), path, name, session, began, false)
            }
            Self::PermissionSet { name, person } => {
                let mut named = Random::named(name);
                let role = format!("AWSReservedSSO_{name}_{}", named.hex(16));
                session_of(account, &format!("/aws-reserved/sso.amazonaws.com/{HOME}/"), &role, person, began, false)
            }
            Self::Root => {
                let arn = format!("arn:aws:iam::{account}:root");
                let identity = json!({
                    "type": "Root", "principalId": account, "arn": arn, "accountId": account,
                    "accessKeyId": unique_id("ASIA", "root"),
                    "sessionContext": {"attributes": {"creationDate": began, "mfaAuthenticated": "true"}}
                });
                (identity, arn)
            }
            Self::OtherAccount { account: other } => {
                let principal = format!("{}:settlement", unique_id("AROA", other));
                let arn = format!("arn:aws:sts::{other}:assumed-role/settlement/settlement");
                (json!({"type": "AWSAccount", "principalId": principal, "accountId": other}), arn)
            }
            Self::Service { principal } => (json!({"type": "AWSService", "invokedBy": principal}), principal.clone()),
            Self::ServiceLinked { principal, role } => {
                let session = role.trim_start_matches("AWSServiceRoleFor");
                let path = format!("/aws-service-role/{principal}/");
                let (mut identity, arn) = session_of(account, &path, role, session, began, false);
                set(&mut identity, "invokedBy", json!(principal));
                (identity, arn)
            }
            Self::Federated { name, issuer } => {
                let arn = format!("arn:aws:sts::{account}:federated-user/{name}");
                let identity = json!({
                    "type": "FederatedUser", "principalId": format!("{account}:{name}"), "arn": arn,
                    "accountId": account, "accessKeyId": unique_id("ASIA", name),
                    "sessionContext": {
                        "sessionIssuer": {
                            "type": "IAMUser", "principalId": unique_id("AIDA", issuer),
                            "arn": format!("arn:aws:iam::{account}:user/{issuer}"), "accountId": account,
                            "userName": issuer
                        },
                        "attributes": {"creationDate": began, "mfaAuthenticated": "false"}
                    }
                });
                (identity, arn)
            }
            Self::Saml { person } => {
                let provider = format!("{}=", Random::named("saml").alphanumeric(27));
                let identity = json!({
                    "type": "SAMLUser", "principalId": format!("{provider}:{person}"), "userName": person,
                    "identityProvider": provider
                });
                (identity, person.clone())
            }
            Self::WebIdentity { subject } => {
                let provider = format!("arn:aws:iam::{account}:oidc-provider/token.actions.example.com");
                let identity = json!({
                    "type": "WebIdentityUser", "principalId": format!("{provider}:sts.amazonaws.com:{subject}"),
                    "userName": subject, "identityProvider": provider
                });
                (identity, subject.clone())
            }
        }
    }

    /// `sourceIPAddress` and `userAgent`.
    pub fn client(&self, random: &mut Random) -> (String, String) {
        match self {
            Self::Service { principal } | Self::ServiceLinked { principal, .. } => {
                (principal.clone(), principal.clone())
            }
            Self::PermissionSet { .. } | Self::Root => {
                let browser = "Mozilla/5.0 (X11; Linux x86_64; rv:136.0) Gecko/20100101 Firefox/136.0";
                (format!("198.51.100.{}", random.below(40)), browser.to_owned())
            }
            Self::User { .. } | Self::Federated { .. } => (
                format!("203.0.113.{}", random.below(60)),
                "aws-cli/2.24.5 md/awscrt#0.23.8 ua/2.0 os/linux#6.8.0-52-generic md/arch#x86_64 lang/python#3.12.6 \
                 md/pyimpl#CPython cfg/retry-mode#standard md/installer#exe md/prompt#off md/command#s3.cp"
                    .to_owned(),
            ),
            _ => {
                let agent = random.pick(&[
                    "aws-sdk-java/2.30.18 md/io#sync md/http#Apache ua/2.1 os/Linux#6.1.127 lang/java#21.0.6 \
                     md/OpenJDK_64-Bit_Server_VM#21.0.6+7-LTS md/vendor#Amazon.com_Inc. md/en exec-env/AWS_ECS_FARGATE m/D,N",
                    "aws-sdk-rust/1.3.5 os/linux lang/rust/1.85.0 exec-env/AWS_Lambda_provided.al2023",
                    "Boto3/1.37.4 md/Botocore#1.37.4 ua/2.0 os/linux#5.10.234-225.910.amzn2.x86_64 md/arch#x86_64 \
                     lang/python#3.13.1 md/pyimpl#CPython exec-env/AWS_Lambda_python3.13 cfg/retry-mode#legacy Botocore/1.37.4",
                    "aws-sdk-js/3.758.0 ua/2.1 os/linux#6.1.127 lang/js md/nodejs#22.13.1 api/dynamodb#3.758.0 m/E",
                ]);
                (format!("10.20.{}.{}", random.below(4), random.below(250)), agent.to_owned())
            }
        }
    }
}

/// An id in AWS's shape that nobody can take for a real one.
fn unique_id(prefix: &str, name: &str) -> String {
    format!("{prefix}EXAMPLE{}", Random::named(name).capitals(9))
}

fn session_of(account: &str, path: &str, name: &str, session: &str, began: &str, mfa: bool) -> (Value, String) {
    let arn = format!("arn:aws:sts::{account}:assumed-role/{name}/{session}");
    let role = unique_id("AROA", name);
    let identity = json!({
        "type": "AssumedRole", "principalId": format!("{role}:{session}"), "arn": arn, "accountId": account,
        "accessKeyId": unique_id("ASIA", session),
        "sessionContext": {
            "sessionIssuer": {
                "type": "Role", "principalId": role, "arn": format!("arn:aws:iam::{account}:role{path}{name}"),
                "accountId": account, "userName": name
            },
            "webIdFederationData": {},
            "attributes": {"creationDate": began, "mfaAuthenticated": mfa.to_string()}
        }
    });
    (identity, arn)
}

/// Sets a field of a JSON object; nothing where `object` is none.
pub(crate) fn set(object: &mut Value, key: &str, value: Value) {
    let fields: Option<&mut Map<String, Value>> = object.as_object_mut();
    if let Some(fields) = fields {
        fields.insert(key.to_owned(), value);
    }
}
