//! Which resources a call was about, for every service whose request names them.
//!
//! For each resource type of the action: a whole ARN in the request, else the ARN format filled from the
//! parameters that the catalog binds to its variables, else the response, else the `resources` of the record.
//! A required type of which nothing is known becomes the type's pattern with `*` for its name, which is what
//! AWS itself checks when a call makes a resource whose name it chooses (`instance/*` for RunInstances).
//! Services with rules of their own stand in [`crate::exact`].

use crate::arn_format::{ArnFormat, Site, escape};
use crate::json::{Json, Leaf, same_name};
use crate::plan::{PlannedAction, PlannedType};
use crate::record::Record;
use serde_json::value::RawValue;
use std::cell::OnceCell;

/// A call, with the parts of its record that inference reads.
pub(crate) struct Call<'r> {
    pub record: &'r Record<'r>,
    pub request: &'r Json<'r>,
    pub leaves: &'r [Leaf<'r>],
    pub site: Site<'r>,
    pub response: Lazy<'r>,
    pub reported: Lazy<'r>,
}

/// A part of the record that is parsed when something asks for it.
pub(crate) struct Lazy<'r> {
    raw: Option<&'r RawValue>,
    json: OnceCell<Json<'r>>,
}

impl<'r> Lazy<'r> {
    pub fn new(raw: Option<&'r RawValue>) -> Self {
        Lazy { raw, json: OnceCell::new() }
    }

    pub fn get(&self) -> &Json<'r> {
        self.json.get_or_init(|| self.raw.map_or(Json::Null, |raw| Json::parse(raw.get())))
    }
}

/// How the resources of a permission were found, the weakest of them if there are several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Inference {
    /// Named by the request.
    Request,
    /// Named by the response, or by the record's `resources`.
    Answer,
    /// A new resource whose name AWS chooses: the pattern of its type.
    New,
    /// The action has no resource level: `*` is all that has an effect.
    NoResourceLevel,
    /// The call is about such resources, and the record does not say which.
    Unknown,
}

impl Inference {
    /// The inference's name, as it stands in output.
    pub fn name(self) -> &'static str {
        match self {
            Inference::Request => "request",
            Inference::Answer => "answer",
            Inference::New => "new",
            Inference::NoResourceLevel => "no-resource-level",
            Inference::Unknown => "unknown",
        }
    }
}

/// Resource patterns of one permission, never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub patterns: Vec<String>,
    pub inference: Inference,
}

impl Found {
    pub fn any(inference: Inference) -> Found {
        Found { patterns: vec!["*".to_owned()], inference }
    }

    /// `patterns` from the request; `None` when there are none, so that inference goes on.
    pub fn named(mut patterns: Vec<String>) -> Option<Found> {
        patterns.sort_unstable();
        patterns.dedup();
        (!patterns.is_empty()).then_some(Found { patterns, inference: Inference::Request })
    }
}

impl Call<'_> {
    /// The first told value among parameters of these names.
    pub fn first(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.leaves.iter().find(|leaf| same_name(leaf.name, name))).map(|leaf| leaf.value)
    }

    /// All told values of parameters of these names.
    pub fn all<'s>(&'s self, names: &'s [&str]) -> impl Iterator<Item = &'s str> {
        self.leaves.iter().filter(|leaf| names.iter().any(|name| same_name(leaf.name, name))).map(|leaf| leaf.value)
    }

    /// ARNs in the record's own `resources`.
    pub fn reported_arns(&self) -> impl Iterator<Item = &str> {
        self.reported.get().elements().iter().filter_map(|resource| resource.text("ARN"))
    }
}

/// The resources that `action` was used on in `call`.
pub(crate) fn infer(call: &Call<'_>, action: &PlannedAction) -> Found {
    if action.types.is_empty() {
        return Found::any(Inference::NoResourceLevel);
    }
    let mut patterns = Vec::new();
    let mut inference = Inference::Request;
    let mut partial = Vec::new();
    let mut missing = Vec::new();
    for kind in &action.types {
        match from_leaves(call.leaves, call.site, kind, &action.types) {
            Named::Fully(found) => patterns.extend(found),
            Named::Partly(found) => partial.push((kind, found)),
            Named::NotAtAll => missing.push(kind),
        }
    }
    // `rule/BUS/NAME` with an unknown bus says less than `rule/NAME`, and nothing once that is known.
    let nothing_yet = patterns.is_empty();
    for (kind, found) in partial {
        if nothing_yet || (kind.required && !names_another(call, kind, &action.types)) {
            patterns.push(found);
        }
    }
    let nothing_yet = patterns.is_empty();
    for kind in missing {
        if !nothing_yet && (!kind.required || names_another(call, kind, &action.types)) {
            continue;
        }
        if !action.creates {
            let answered = answered(call, kind, &action.types);
            if !answered.is_empty() {
                patterns.extend(answered);
                inference = inference.max(Inference::Answer);
                continue;
            }
        }
        if kind.required
            && let Some(format) = kind.formats.first()
        {
            patterns.push(format.fill(call.site, |_| None));
            inference = inference.max(if action.creates { Inference::New } else { Inference::Unknown });
        }
    }
    if patterns.is_empty() {
        return Found::any(Inference::Unknown);
    }
    patterns.sort_unstable();
    patterns.dedup();
    Found { patterns, inference }
}

/// Whether the parameter that would hold the ARN of this type holds one of another: `resourceArn` of a call that tags
/// either tables or streams, which the reference both lists as required.
fn names_another(call: &Call<'_>, kind: &PlannedType, types: &[PlannedType]) -> bool {
    const ANY_TYPE: [&str; 6] = ["resourceArn", "resourceArns", "resource", "resourceArnList", "executionArn", "arn"];
    let may_hold = |parameter: &str| {
        ANY_TYPE
            .iter()
            .copied()
            .chain(kind.arn_parameters.iter().map(String::as_str))
            .any(|name| same_name(parameter, name))
    };
    call.leaves.iter().any(|leaf| may_hold(leaf.name) && best_type(leaf.value, types).is_some())
}

enum Named {
    Fully(Vec<String>),
    Partly(String),
    NotAtAll,
}

fn from_leaves(leaves: &[Leaf<'_>], site: Site<'_>, kind: &PlannedType, types: &[PlannedType]) -> Named {
    let arns = |names: Option<&[String]>| -> Vec<String> {
        leaves
            .iter()
            .filter(|leaf| names.is_none_or(|names| names.iter().any(|name| same_name(leaf.name, name))))
            .filter(|leaf| best_type(leaf.value, types).is_some_and(|best| std::ptr::eq(best, kind)))
            .map(|leaf| escape(leaf.value).into_owned())
            .collect()
    };
    let bound = if kind.arn_parameters.is_empty() { Vec::new() } else { arns(Some(&kind.arn_parameters)) };
    if !bound.is_empty() {
        return Named::Fully(bound);
    }
    let Some(format) = kind.formats.first() else { return Named::NotAtAll };
    let values: Vec<Vec<&str>> = kind.variables.iter().map(|(_, parameters)| values_of(leaves, parameters)).collect();
    if !values.is_empty() && values.iter().all(|values| !values.is_empty()) {
        return Named::Fully(combine(format, site, kind, &values, types));
    }
    let anywhere = arns(None);
    if !anywhere.is_empty() {
        return Named::Fully(anywhere);
    }
    // A format without variables of its own (`access-grants/default`) names itself, whatever the call is about.
    if values.is_empty() {
        return Named::Partly(format.fill(site, |_| None));
    }
    if values.iter().any(|values| !values.is_empty()) {
        return combine(format, site, kind, &values, types).pop().map_or(Named::NotAtAll, Named::Partly);
    }
    Named::NotAtAll
}

/// The values of the best parameter that is there.
fn values_of<'l>(leaves: &[Leaf<'l>], parameters: &[String]) -> Vec<&'l str> {
    for parameter in parameters {
        let values: Vec<_> =
            leaves.iter().filter(|leaf| same_name(leaf.name, parameter)).map(|leaf| leaf.value).collect();
        if !values.is_empty() {
            return values;
        }
    }
    Vec::new()
}

/// Every value of the variable that has most of them, with the first of each other.
fn combine(
    format: &ArnFormat,
    site: Site<'_>,
    kind: &PlannedType,
    values: &[Vec<&str>],
    types: &[PlannedType],
) -> Vec<String> {
    let many = values.iter().enumerate().max_by_key(|(_, values)| values.len()).map_or(0, |(index, _)| index);
    let count = values.get(many).map_or(0, Vec::len);
    let mut patterns = Vec::with_capacity(count);
    for index in 0..count {
        let mut whole = None;
        let mut foreign = false;
        let pattern = format.fill(site, |variable| {
            let position = kind.variables.iter().position(|(name, _)| name == variable)?;
            let value_of =
                |position: usize| values.get(position)?.get(if position == many { index } else { 0 }).copied();
            let value = value_of(position)?;
            // One parameter that holds two parts: `orders:7` is the family and the revision of a task definition.
            let same = |other: usize| value_of(other).is_some_and(|other| std::ptr::eq(other, value));
            let parts = value.rsplit_once([':', '/']).filter(|_| !value.starts_with("arn:"));
            if (0..position).any(same) {
                return parts.map(|(_, last)| escape(last));
            }
            if let Some((first, _)) = parts
                && (position + 1..values.len()).any(same)
            {
                return Some(escape(first));
            }
            if value.starts_with("arn:") {
                // What already is an ARN is not wrapped again; one of another type is not this resource.
                match best_type(value, types) {
                    Some(best) if std::ptr::eq(best, kind) => whole = Some(escape(value).into_owned()),
                    _ => foreign = true,
                }
            }
            Some(escape(without_doubled(value, variable, format)))
        });
        match whole {
            Some(arn) => patterns.push(arn),
            None if !foreign => patterns.push(pattern),
            None => {}
        }
    }
    patterns
}

/// `role/${NameWithPath}` filled with `/a/b` is `role/a/b`: names with a path may be given with a leading slash; and
/// `hostedzone/${Id}` filled with `/hostedzone/Z1` is `hostedzone/Z1`.
fn without_doubled<'a>(value: &'a str, variable: &str, format: &ArnFormat) -> &'a str {
    let typed = value.strip_prefix('/').and_then(|value| value.strip_prefix(format.leading_literal()));
    match typed {
        Some(name) if !format.leading_literal().is_empty() => name,
        _ if variable.contains("Path") => value.trim_start_matches('/'),
        _ => value,
    }
}

/// The type that `arn` is of; where several fit, the one whose format tells most.
fn best_type<'t>(arn: &str, types: &'t [PlannedType]) -> Option<&'t PlannedType> {
    if !arn.starts_with("arn:") {
        return None;
    }
    types
        .iter()
        .filter_map(|kind| {
            let fit = kind.formats.iter().filter(|format| format.fits(arn)).map(ArnFormat::literal_length).max()?;
            Some((fit, kind))
        })
        .max_by_key(|(fit, _)| *fit)
        .map(|(_, kind)| kind)
}

fn answered(call: &Call<'_>, kind: &PlannedType, types: &[PlannedType]) -> Vec<String> {
    let is_kind = |arn: &&str| best_type(arn, types).is_some_and(|best| std::ptr::eq(best, kind));
    let leaves = call.response.get().leaves();
    let mut arns: Vec<String> =
        leaves.iter().map(|leaf| leaf.value).filter(is_kind).map(|arn| escape(arn).into_owned()).collect();
    if arns.is_empty() {
        arns = call.reported_arns().filter(is_kind).map(|arn| escape(arn).into_owned()).collect();
    }
    arns
}
