//! `Condition` blocks.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html> and
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html>

mod operator;
mod value;

use std::ops::Not;

use policy::Version;

pub use self::operator::{Compare, Operator, Order, Set};
use self::value::Wanted;
pub(crate) use self::value::date;
use crate::{
    policies::Problem,
    request::Context,
    unknown::{Truth, View},
};

/// One condition, ready to be tested.
#[derive(Debug)]
pub(crate) struct Condition {
    operator: Operator,
    // INVARIANT: lower-case, as the context's keys are.
    key: String,
    wanted: Wanted,
    /// As people read it.
    pub text: Box<str>,
}

impl Condition {
    pub fn new(condition: &policy::Condition, version: Version) -> Result<Self, Problem> {
        // An error quotes hostile input, so it quotes only the start of it.
        let operator = Operator::parse(&condition.operator)
            .ok_or_else(|| Problem::Operator(condition.operator.chars().take(120).collect()))?;
        Ok(Condition {
            wanted: Wanted::new(operator.compare, &condition.values, version),
            key: condition.key.to_lowercase(),
            operator,
            text: format!("{} {} {}", condition.key, condition.operator, condition.values.join(", ")).into(),
        })
    }

    /// How it compares.
    pub fn operator(&self) -> Operator {
        self.operator
    }

    pub fn holds(&self, context: &Context) -> bool {
        self.decide(context, |value| self.wanted.matches(value, context))
    }

    /// As [`Condition::holds`], where some keys are not known.
    pub fn truth(&self, view: &View<'_>) -> Truth {
        if view.is_unknown(&self.key) {
            return self.truth_of_anything();
        }
        self.decide(view.context, |value| self.wanted.truth(value, view))
    }

    /// What comes of the key's values, once it is known what comes of each. `matches` says so of the operator without its
    /// `Not`; in either logic, "all" is the minimum and "any" the maximum.
    fn decide<T: Ord + From<bool> + Not<Output = T>>(&self, context: &Context, matches: impl Fn(&str) -> T) -> T {
        let Operator { set, negated, compare, .. } = self.operator;
        let values = context.get_lower(&self.key).filter(|values| !values.is_empty());
        if compare == Compare::Null {
            return self.wanted.allows_presence(values.is_some()).into();
        }
        let Some(values) = values else { return self.holds_if_absent().into() };
        // A negated operator holds for a value that is none of the wanted ones.
        let one = |value: &String| if negated { !matches(value) } else { matches(value) };
        match (set, values) {
            // AWS asks for a set operator where a key has several values. Without one they equal nothing.
            (Set::None, [value]) => one(value),
            (Set::None, _) => negated.into(),
            // "an empty data set, such as an empty string"
            (_, [value]) if value.is_empty() => (set == Set::All).into(),
            (Set::All, values) => values.iter().map(one).min().unwrap_or(true.into()),
            (Set::Any, values) => values.iter().map(one).max().unwrap_or(false.into()),
        }
    }

    fn holds_if_absent(&self) -> bool {
        match self.operator.set {
            _ if self.operator.if_exists => true,
            Set::None => self.operator.negated,
            Set::All => true,
            Set::Any => false,
        }
    }

    /// What comes of a key that may be absent, or have any number of any values.
    fn truth_of_anything(&self) -> Truth {
        let Operator { set, negated, compare, .. } = self.operator;
        if compare == Compare::Null {
            return Truth::of([self.wanted.allows_presence(true), self.wanted.allows_presence(false)]);
        }
        let several_or_empty = match set {
            Set::None => negated,
            Set::All => true,
            Set::Any => false,
        };
        let ones =
            [true, false].into_iter().filter(|matched| self.wanted.can(*matched)).map(|matched| matched != negated);
        Truth::of(ones.chain([self.holds_if_absent(), several_or_empty]))
    }
}
