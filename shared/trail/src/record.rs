//! One CloudTrail record, borrowed from the bytes it was delivered in.
//!
//! Only the members that decide something are kept; `requestParameters`, `responseElements` and
//! `resources` stay raw until a rule asks for them, because most calls are decided without them.
//! Shape: <https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html>

use serde::de::{Deserialize, Deserializer, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

/// A CloudTrail record. A member that is absent or `null` is an empty [`Text`] or `None`.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Record<'a> {
    /// A UUID that CloudTrail gives each event; the same event delivered twice carries the same one.
    #[serde(borrow, default, rename = "eventID")]
    pub event_id: Text<'a>,
    /// The service that was called, as `s3.amazonaws.com`.
    #[serde(borrow, default)]
    pub event_source: Text<'a>,
    /// The operation, as `CreateFunction20150331`.
    #[serde(borrow, default)]
    pub event_name: Text<'a>,
    /// `AwsApiCall`, `AwsServiceEvent`, `AwsConsoleSignIn`, ...
    #[serde(borrow, default)]
    pub event_type: Text<'a>,
    /// `Management`, `Data`, `NetworkActivity` or `Insight`.
    #[serde(borrow, default)]
    pub event_category: Text<'a>,
    /// When the call was made: RFC 3339, UTC, whole seconds.
    #[serde(borrow, default)]
    pub event_time: Text<'a>,
    /// The Region that was called.
    #[serde(borrow, default)]
    pub aws_region: Text<'a>,
    /// Set when the call did not succeed.
    #[serde(borrow, default)]
    pub error_code: Text<'a>,
    /// For refused calls this names the action and the resource that were refused.
    #[serde(borrow, default)]
    pub error_message: Text<'a>,
    /// The account that this copy of the event was delivered to.
    #[serde(borrow, default)]
    pub recipient_account_id: Text<'a>,
    /// Who called.
    #[serde(borrow, default, deserialize_with = "null_as_default")]
    pub user_identity: UserIdentity<'a>,
    /// What was asked for.
    #[serde(borrow, default)]
    pub request_parameters: Option<&'a RawValue>,
    /// What was answered; only calls that change something carry it.
    #[serde(borrow, default)]
    pub response_elements: Option<&'a RawValue>,
    /// The resources that the call touched, where the service reports them.
    #[serde(borrow, default)]
    pub resources: Option<&'a RawValue>,
}

/// The `userIdentity` element of a record.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UserIdentity<'a> {
    /// `IAMUser`, `AssumedRole`, `Root`, `FederatedUser`, `AWSService`, ...
    #[serde(borrow, default, rename = "type")]
    pub kind: Text<'a>,
    /// A unique id of the caller.
    #[serde(borrow, default)]
    pub principal_id: Text<'a>,
    /// The ARN of the caller; for a role this is the session, not the role.
    #[serde(borrow, default)]
    pub arn: Text<'a>,
    /// The account that owns the caller.
    #[serde(borrow, default)]
    pub account_id: Text<'a>,
    /// The friendly name.
    #[serde(borrow, default)]
    pub user_name: Text<'a>,
    /// The AWS service that made the call, for itself or with the caller's session.
    #[serde(borrow, default)]
    pub invoked_by: Text<'a>,
    /// The identity provider of a federated caller.
    #[serde(borrow, default)]
    pub identity_provider: Text<'a>,
    /// Temporary credentials and where they came from.
    #[serde(borrow, default, deserialize_with = "null_as_default")]
    pub session_context: SessionContext<'a>,
}

/// The `sessionContext` of temporary credentials.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SessionContext<'a> {
    /// The role or user that the session was made for.
    #[serde(borrow, default, deserialize_with = "null_as_default")]
    pub session_issuer: SessionIssuer<'a>,
}

/// Who issued temporary credentials.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SessionIssuer<'a> {
    /// `Role`, `IAMUser` or `Root`.
    #[serde(borrow, default, rename = "type")]
    pub kind: Text<'a>,
    /// The ARN of the role or user, path included.
    #[serde(borrow, default)]
    pub arn: Text<'a>,
    /// The account that owns it.
    #[serde(borrow, default)]
    pub account_id: Text<'a>,
}

impl Record<'_> {
    /// The account whose resources an unqualified name in the request means (12 digits, or empty when
    /// the record does not say).
    pub fn account(&self) -> &str {
        if self.recipient_account_id.is_empty() { &self.user_identity.account_id } else { &self.recipient_account_id }
    }

    /// Whether this can be a CloudTrail event at all: every event says which service did what.
    pub fn is_event(&self) -> bool {
        !self.event_source.is_empty() && !self.event_name.is_empty()
    }
}

fn null_as_default<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(deserializer: D) -> Result<T, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

/// A string member, borrowed from the input unless it holds escapes; absent, `null` and empty are the same.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Text<'a>(pub Cow<'a, str>);

impl Deref for Text<'_> {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.0, f)
    }
}

impl<'a> From<&'a str> for Text<'a> {
    fn from(text: &'a str) -> Self {
        Text(Cow::Borrowed(text))
    }
}

// serde borrows through `Cow` only where the field is a plain `Cow`, and a plain `Cow` rejects `null`.
impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextVisitor;
        impl<'de> Visitor<'de> for TextVisitor {
            type Value = Text<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string or null")
            }
            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(Text(Cow::Borrowed(text)))
            }
            fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Text(Cow::Owned(text.to_owned())))
            }
            fn visit_unit<E>(self) -> Result<Self::Value, E> {
                Ok(Text::default())
            }
        }
        deserializer.deserialize_any(TextVisitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absent_null_and_empty_are_the_same() {
        for json in [r#"{}"#, r#"{"errorCode":null,"userIdentity":null}"#, r#"{"errorCode":""}"#] {
            let record: Record<'_> = serde_json::from_str(json).unwrap();
            assert!(record.error_code.is_empty() && record.user_identity.arn.is_empty());
        }
    }

    #[test]
    fn strings_are_borrowed_unless_escaped() {
        let record: Record<'_> =
            serde_json::from_str(r#"{"eventName":"GetObject","eventSource":"s3\u002eamazonaws.com"}"#).unwrap();
        assert!(matches!(record.event_name.0, Cow::Borrowed("GetObject")));
        assert_eq!(&*record.event_source, "s3.amazonaws.com");
    }
}
