//! `Condition` blocks.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html> and
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html>

mod operator;
mod value;

use policy::Version;

pub(crate) use self::{
    operator::{Compare, Operator, Set},
    value::date,
};
use self::value::Wanted;
use crate::{policies::Problem, request::Context};

/// One condition, ready to be tested.
#[derive(Debug)]
pub(crate) struct Condition {
    operator: Operator,
    // INVARIANT: lower-case, as the context's keys are.
    key: String,
    wanted: Wanted,
}

impl Condition {
    pub fn new(condition: &policy::Condition, version: Version) -> Result<Self, Problem> {
        let operator =
            Operator::parse(&condition.operator).ok_or_else(|| Problem::Operator(condition.operator.clone()))?;
        Ok(Condition {
            wanted: Wanted::new(operator.compare, &condition.values, version),
            key: condition.key.to_lowercase(),
            operator,
        })
    }

    /// How it compares.
    pub fn operator(&self) -> Operator {
        self.operator
    }

    pub fn holds(&self, context: &Context) -> bool {
        let values = context.get_lower(&self.key).filter(|values| !values.is_empty());
        if self.operator.compare == Compare::Null {
            return self.wanted.allows_presence(values.is_some());
        }
        let Some(values) = values else {
            return match self.operator.set {
                _ if self.operator.if_exists => true,
                Set::None => self.operator.negated,
                Set::All => true,
                Set::Any => false,
            };
        };
        // A negated operator holds for a value that is none of the wanted ones.
        let one = |value: &String| self.wanted.matches(value, context) != self.operator.negated;
        match (self.operator.set, values) {
            // AWS asks for a set operator where a key has several values. Without one they equal nothing.
            (Set::None, [value]) => one(value),
            (Set::None, _) => self.operator.negated,
            // "an empty data set, such as an empty string"
            (Set::All, [value]) if value.is_empty() => true,
            (Set::Any, [value]) if value.is_empty() => false,
            (Set::All, values) => values.iter().all(one),
            (Set::Any, values) => values.iter().any(one),
        }
    }
}
