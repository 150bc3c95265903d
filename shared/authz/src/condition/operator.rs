//! The names of operators.

use std::cmp::Ordering;

/// An operator's name, taken apart: `ForAnyValue:StringNotLikeIfExists`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Operator {
    pub set: Set,
    pub compare: Compare,
    pub negated: bool,
    pub if_exists: bool,
}

/// The set operator before the name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Set {
    None,
    All,
    Any,
}

/// What is compared, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Compare {
    String,
    StringIgnoringCase,
    StringLike,
    Number(Order),
    Date(Order),
    Bool,
    Binary,
    Ip,
    Arn,
    Null,
}

/// Which results of a comparison count as a match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    Equal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Order {
    pub fn fits(self, ordering: Ordering) -> bool {
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
