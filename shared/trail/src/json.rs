//! A borrowed JSON tree for request parameters, and the loose name look-up that CloudTrail's spellings need.

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::borrow::Cow;
use std::fmt;

/// A JSON value. Numbers are kept as text, since all that is asked of them is to be part of a name.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Json<'a> {
    /// `null`, or nothing there.
    #[default]
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A string, or a number as it prints.
    Text(Cow<'a, str>),
    /// A list.
    List(Vec<Json<'a>>),
    /// An object, in the order it was written.
    Object(Vec<(Cow<'a, str>, Json<'a>)>),
}

/// A string in a request, under the name it stands for.
#[derive(Clone, Copy, Debug)]
pub struct Leaf<'a> {
    /// The nearest name above the value that says something (see [`Json::leaves`]).
    pub name: &'a str,
    /// The value.
    pub value: &'a str,
}

impl<'a> Json<'a> {
    /// Parses `text`; what is no JSON is [`Json::Null`], since a request that cannot be read names no resource.
    pub fn parse(text: &'a str) -> Json<'a> {
        serde_json::from_str(text).unwrap_or_else(|_| {
            // Half of a surrogate pair is legal in JSON's grammar and in no string: it must not cost the whole request.
            let mended = with_whole_characters(text);
            serde_json::from_str::<Json<'_>>(&mended).map(Json::into_owned).unwrap_or_default()
        })
    }

    fn into_owned(self) -> Json<'static> {
        match self {
            Json::Null => Json::Null,
            Json::Bool(value) => Json::Bool(value),
            Json::Text(text) => Json::Text(Cow::Owned(text.into_owned())),
            Json::List(elements) => Json::List(elements.into_iter().map(Json::into_owned).collect()),
            Json::Object(members) => Json::Object(
                members.into_iter().map(|(key, value)| (Cow::Owned(key.into_owned()), value.into_owned())).collect(),
            ),
        }
    }

    /// The member `name` of an object, ignoring case and punctuation.
    pub fn get(&self, name: &str) -> Option<&Json<'a>> {
        match self {
            Json::Object(members) => members.iter().find(|(key, _)| same_name(key, name)).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The text of member `name`, unless it is empty or hidden by AWS.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.get(name)?.as_text()
    }

    /// This value's text, unless it is empty or hidden by AWS.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Json::Text(text) => Some(&**text).filter(|text| is_told(text)),
            _ => None,
        }
    }

    /// The elements of a list, also where AWS wraps it as `{"items": [...]}`; a single value is a list of one.
    pub fn elements(&self) -> &[Json<'a>] {
        match self {
            Json::Null => &[],
            Json::List(elements) => elements,
            Json::Object(members) => match members.as_slice() {
                [(key, inner @ Json::List(_))] if is_wrapper(key) => inner.elements(),
                _ => std::slice::from_ref(self),
            },
            _ => std::slice::from_ref(self),
        }
    }

    /// Whether anything stands here: not `null`, not `false`, not an empty text, list or object.
    pub fn is_given(&self) -> bool {
        match self {
            Json::Null | Json::Bool(false) => false,
            Json::Bool(true) => true,
            Json::Text(text) => !text.is_empty(),
            Json::List(elements) => !elements.is_empty(),
            Json::Object(members) => !members.is_empty(),
        }
    }

    /// Whether a member `name` with a value stands anywhere in this value, three objects deep.
    pub fn find(&self, name: &str) -> Option<&Json<'a>> {
        fn search<'j, 'a>(json: &'j Json<'a>, name: &str, depth: u8) -> Option<&'j Json<'a>> {
            match json {
                Json::Object(members) => members
                    .iter()
                    .find(|(key, value)| value.is_given() && same_name(key, name))
                    .map(|(_, value)| value)
                    .or_else(|| {
                        if depth == 0 {
                            None
                        } else {
                            members.iter().find_map(|(_, value)| search(value, name, depth - 1))
                        }
                    }),
                Json::List(elements) if depth > 0 => {
                    elements.iter().find_map(|element| search(element, name, depth - 1))
                }
                _ => None,
            }
        }
        search(self, name, 3)
    }

    /// Every told text with the name it stands under, in document order. Lists carry their own name down to their
    /// elements, and so do the wrappers `items`, `member` and `content`: `instancesSet.items[].instanceId` is
    /// an `instanceId`, `names: ["a"]` is a `names`.
    pub fn leaves(&self) -> Vec<Leaf<'_>> {
        fn walk<'j>(json: &'j Json<'_>, name: &'j str, depth: u8, leaves: &mut Vec<Leaf<'j>>) {
            match json {
                Json::Text(value) if is_told(value) && !name.is_empty() => leaves.push(Leaf { name, value }),
                Json::List(elements) if depth > 0 => {
                    elements.iter().for_each(|element| walk(element, name, depth - 1, leaves))
                }
                Json::Object(members) if depth > 0 => {
                    for (key, value) in members {
                        let name = if is_wrapper(key) && !name.is_empty() { name } else { key };
                        walk(value, name, depth - 1, leaves);
                    }
                }
                _ => {}
            }
        }
        let mut leaves = Vec::with_capacity(if self.is_given() { 16 } else { 0 });
        walk(self, "", 8, &mut leaves);
        leaves
    }
}

/// Writes the escape of the replacement character in place of each escaped half of a surrogate pair.
fn with_whole_characters(text: &str) -> String {
    let half = |at: usize| -> Option<u32> {
        let digits = text.get(at..at + 6)?.strip_prefix("\\u")?;
        u32::from_str_radix(digits, 16).ok().filter(|unit| (0xd800..0xe000).contains(unit))
    };
    let mut mended = String::with_capacity(text.len());
    let mut rest = 0;
    while let Some(found) = text.get(rest..).and_then(|rest| rest.find('\\')) {
        let at = rest + found;
        mended.push_str(text.get(rest..at).unwrap_or_default());
        let (kept, length) = match (half(at), half(at + 6)) {
            (Some(0xd800..0xdc00), Some(0xdc00..0xe000)) => (text.get(at..at + 12), 12),
            (Some(_), _) => (Some("\\ufffd"), 6),
            // Any other escape, of which the character behind the backslash is part.
            (None, _) => {
                let length = 1 + text.get(at + 1..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
                (text.get(at..at + length), length)
            }
        };
        mended.push_str(kept.unwrap_or_default());
        rest = at + length;
    }
    mended.push_str(text.get(rest..).unwrap_or_default());
    mended
}

fn is_wrapper(name: &str) -> bool {
    matches!(name, "items" | "member" | "content")
}

/// CloudTrail writes a placeholder where it hides a value.
fn is_told(text: &str) -> bool {
    !text.is_empty() && text.len() <= 2048 && !text.starts_with("***") && text != "HIDDEN_DUE_TO_SECURITY_REASONS"
}

/// Whether two names are the same but for case and punctuation: `dBInstanceIdentifier`, `DbInstance-Identifier`.
pub fn same_name(left: &str, right: &str) -> bool {
    let (mut left, mut right) = (letters(left), letters(right));
    loop {
        match (left.next(), right.next()) {
            (None, None) => return true,
            (Some(a), Some(b)) if a == b => {}
            _ => return false,
        }
    }
}

fn letters(name: &str) -> impl Iterator<Item = u8> + '_ {
    name.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| byte.to_ascii_lowercase())
}

impl<'de: 'a, 'a> Deserialize<'de> for Json<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct JsonVisitor;
        impl<'de> Visitor<'de> for JsonVisitor {
            type Value = Json<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("JSON")
            }
            fn visit_unit<E>(self) -> Result<Self::Value, E> {
                Ok(Json::Null)
            }
            fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
                Ok(Json::Bool(value))
            }
            fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
                Ok(Json::Text(value.to_string().into()))
            }
            fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
                Ok(Json::Text(value.to_string().into()))
            }
            fn visit_f64<E>(self, value: f64) -> Result<Self::Value, E> {
                Ok(Json::Text(value.to_string().into()))
            }
            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(Json::Text(text.into()))
            }
            fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Json::Text(text.to_owned().into()))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
                let mut elements = Vec::new();
                while let Some(element) = access.next_element()? {
                    elements.push(element);
                }
                Ok(Json::List(elements))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::with_capacity(8);
                while let Some((Key(key), value)) = access.next_entry()? {
                    members.push((key, value));
                }
                Ok(Json::Object(members))
            }
        }
        deserializer.deserialize_any(JsonVisitor)
    }
}

struct Key<'a>(Cow<'a, str>);
impl<'de: 'a, 'a> Deserialize<'de> for Key<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeyVisitor;
        impl<'de> Visitor<'de> for KeyVisitor {
            type Value = Key<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name")
            }
            fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(Key(text.into()))
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Key(text.to_owned().into()))
            }
        }
        deserializer.deserialize_str(KeyVisitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leaves(text: &str) -> String {
        let json = Json::parse(text);
        json.leaves().iter().map(|leaf| format!("{}={}", leaf.name, leaf.value)).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn leaves_carry_the_nearest_telling_name() {
        assert_eq!(
            leaves(r#"{"instancesSet":{"items":[{"instanceId":"i-1"},{"instanceId":"i-2"}]}}"#),
            "instanceId=i-1 instanceId=i-2"
        );
        assert_eq!(leaves(r#"{"names":["a","b"],"n":3,"t":true}"#), "names=a names=b n=3");
        assert_eq!(
            leaves(r#"{"DescribeCarrierGatewaysRequest":{"CarrierGatewayId":{"content":"c-1","tag":1}}}"#),
            "CarrierGatewayId=c-1 tag=1"
        );
        assert_eq!(leaves(r#"{"a":"","b":"HIDDEN_DUE_TO_SECURITY_REASONS","c":"***(Redacted)"}"#), "");
        assert_eq!(leaves("not json"), "");
        assert_eq!(leaves(r#""text""#), "");
    }

    #[test]
    fn names_are_compared_without_case_and_punctuation() {
        assert!(same_name("dBInstanceIdentifier", "DB-instance_identifier"));
        assert!(!same_name("dBInstance", "dBInstanceIdentifier"));
        assert!(same_name("x-amz-acl", "X-Amz-Acl"));
    }

    #[test]
    fn found_members_are_those_with_a_value() {
        let json = Json::parse(r#"{"a":"","b":{"a":"deep"},"c":false}"#);
        assert_eq!(json.find("A").and_then(Json::as_text), Some("deep"));
        assert!(json.find("c").is_none());
        assert_eq!(json.get("b").unwrap().text("a"), Some("deep"));
    }

    #[test]
    fn half_a_character_costs_itself_only() {
        assert_eq!(
            leaves(r#"{"bucketName":"b","x":"\ud800","y":"\udc00\ud83d\ude00","z":"\\ud800"}"#),
            "bucketName=b x=\u{fffd} y=\u{fffd}\u{1f600} z=\\ud800"
        );
    }

    #[test]
    fn wrapped_lists_are_lists() {
        let count = |text| Json::parse(text).elements().len();
        assert_eq!(
            (count(r#"{"items":[1,2]}"#), count("[1]"), count("null"), count(r#"{"a":1}"#), count("1")),
            (2, 1, 0, 1, 1)
        );
    }
}
