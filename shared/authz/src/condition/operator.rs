//! The operators of conditions.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>

use std::cmp::Ordering;

/// An operator's name, taken apart: `ForAnyValue:StringNotLikeIfExists`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Operator {
    /// How several values are taken together.
    pub set: Set,
    /// What is compared, and how.
    pub compare: Compare,
    /// Whether it matches where the comparison does not.
    pub negated: bool,
    /// Whether it matches where the key is missing.
    pub if_exists: bool,
}

/// The set operator before the name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Set {
    /// No set operator: the key has one value.
    None,
    /// `ForAllValues:`
    All,
    /// `ForAnyValue:`
    Any,
}

/// What is compared, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compare {
    /// `StringEquals`
    String,
    /// `StringEqualsIgnoreCase`
    StringIgnoringCase,
    /// `StringLike`
    StringLike,
    /// `NumericEquals` and its orders.
    Number(Order),
    /// `DateEquals` and its orders.
    Date(Order),
    /// `Bool`
    Bool,
    /// `BinaryEquals`
    Binary,
    /// `IpAddress`
    Ip,
    /// `ArnEquals` and `ArnLike`, which are the same.
    Arn,
    /// `Null`
    Null,
}

/// Which results of a comparison count as a match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// The same.
    Equal,
    /// Less than.
    Less,
    /// Less than, or the same.
    LessOrEqual,
    /// Greater than.
    Greater,
    /// Greater than, or the same.
    GreaterOrEqual,
}

impl Order {
    pub(crate) fn fits(self, ordering: Ordering) -> bool {
        match self {
            Order::Equal => ordering.is_eq(),
            Order::Less => ordering.is_lt(),
            Order::LessOrEqual => ordering.is_le(),
            Order::Greater => ordering.is_gt(),
            Order::GreaterOrEqual => ordering.is_ge(),
        }
    }
}

impl Operator {
    /// `None` for a name that the policy language does not have. Case does not matter.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        let (set, name) = if let Some(name) = name.strip_prefix("forallvalues:") {
            (Set::All, name)
        } else if let Some(name) = name.strip_prefix("foranyvalue:") {
            (Set::Any, name)
        } else {
            (Set::None, name.as_str())
        };
        let (name, if_exists) = name.strip_suffix("ifexists").map_or((name, false), |name| (name, true));
        let (compare, negated) = match name {
            "stringequals" => (Compare::String, false),
            "stringnotequals" => (Compare::String, true),
            "stringequalsignorecase" => (Compare::StringIgnoringCase, false),
            "stringnotequalsignorecase" => (Compare::StringIgnoringCase, true),
            "stringlike" => (Compare::StringLike, false),
            "stringnotlike" => (Compare::StringLike, true),
            "bool" => (Compare::Bool, false),
            "binaryequals" => (Compare::Binary, false),
            "ipaddress" => (Compare::Ip, false),
            "notipaddress" => (Compare::Ip, true),
            "arnequals" | "arnlike" => (Compare::Arn, false),
            "arnnotequals" | "arnnotlike" => (Compare::Arn, true),
            // "You can add IfExists to the end of any condition operator name except the Null condition"
            "null" if !if_exists => (Compare::Null, false),
            _ => {
                if let Some(rest) = name.strip_prefix("numeric") {
                    let (order, negated) = order(rest)?;
                    (Compare::Number(order), negated)
                } else {
                    let (order, negated) = order(name.strip_prefix("date")?)?;
                    (Compare::Date(order), negated)
                }
            }
        };
        Some(Operator { set, compare, negated, if_exists })
    }
}

fn order(name: &str) -> Option<(Order, bool)> {
    Some(match name {
        "equals" => (Order::Equal, false),
        "notequals" => (Order::Equal, true),
        "lessthan" => (Order::Less, false),
        "lessthanequals" => (Order::LessOrEqual, false),
        "greaterthan" => (Order::Greater, false),
        "greaterthanequals" => (Order::GreaterOrEqual, false),
        _ => return None,
    })
}
