//! Requests to decide before and after a change: from an analysis, or written by hand.

use super::elements::{Element, elements, is_list, without_place};
use super::policy::read_text;
use crate::analysis::Analysis;
use crate::failure::Failure;
use crate::output;
use ::catalog::Catalog;
use authz::wire::WireError;
use authz::{Context, Layer, Principal, Request};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use trail::{Outcome, PrincipalKind};
use usage::Rows;

/// A request, and what is known of it.
#[derive(Debug)]
pub struct Case {
    /// As it was given, else its number from 1.
    pub id: Value,
    pub request: Request,
    /// How often it was made.
    pub calls: u64,
    /// What it must be after the change.
    pub expect: Option<Expected>,
    /// What became of it when it was made.
    pub observed: Option<Observed>,
    /// The trail does not tell the resource: it stands for several.
    pub on_pattern: bool,
}

/// A decision that a case asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Expected {
    Allowed,
    Denied,
    ImplicitDeny,
    ExplicitDeny,
}

/// What became of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Observed {
    Allowed,
    Denied,
}

/// Who is meant where a written case does not say.
const SOMEONE: &str = "arn:aws:iam::000000000000:role/someone";

/// Reads the cases that `principals` (a glob) selects, for policies of a kind.
pub fn read(path: &Path, principals: Option<&str>, layer: Layer, catalog: &Catalog) -> Result<Vec<Case>, Failure> {
    #[derive(Deserialize)]
    struct Probe {
        usage: Option<IgnoredAny>,
    }
    let (name, text) = read_text(path)?;
    let found = elements(&text).map_err(|(place, message)| {
        Failure::at(&name, place, message, "cases are an analysis, a JSON list, or JSON lines")
    })?;
    let is_analysis = !is_list(&text)
        && matches!(found.as_slice(), [one] if serde_json::from_str::<Probe>(one.text).is_ok_and(|probe| probe.usage.is_some()));
    let cases = if is_analysis {
        observed(&Analysis::parse(&name, &text)?.rows, principals, layer, catalog)
    } else {
        written(&name, &found, principals)?
    };
    if cases.is_empty() {
        let hint = "a glob matches an ARN, its last part, or a permission set's name";
        return Err(match principals {
            Some(glob) => {
                Failure::invalid(format!("no case in `{name}` is of a principal that matches `{glob}`"), hint)
            }
            None => Failure::invalid(format!("`{name}` holds no case"), "without a case nothing is compared"),
        });
    }
    Ok(cases)
}

/// Each use of an analysis once.
fn observed(rows: &Rows, principals: Option<&str>, layer: Layer, catalog: &Catalog) -> Vec<Case> {
    let kinds: BTreeMap<&str, PrincipalKind> =
        rows.principals.iter().map(|row| (row.principal.as_str(), row.kind)).collect();
    let mut uses: BTreeMap<_, u64> = BTreeMap::new();
    let mut others = 0_u64;
    for row in &rows.usage {
        let kind = kinds.get(row.principal.as_str()).copied().unwrap_or(PrincipalKind::Unknown);
        if principals.is_some_and(|glob| !generate::matches_principal(glob, kind, &row.principal)) {
            continue;
        }
        if !is_limited(kind, layer) {
            others += row.stat.calls;
            continue;
        }
        let observed = if row.outcome == Outcome::Denied { Observed::Denied } else { Observed::Allowed };
        // Calls that failed for another reason had been authorised like those that succeeded.
        *uses.entry((&row.principal, &row.action, &row.resource, &row.context, observed)).or_default() +=
            row.stat.calls;
    }
    if others > 0 {
        output::tell(&format!(
            "note: {others} calls of principals that policies of this kind do not apply to are left out"
        ));
    }
    let callers: BTreeSet<&String> = uses.keys().map(|(principal, ..)| *principal).collect();
    if layer == Layer::Identity && callers.len() > 1 {
        output::tell(&format!(
            "warning: calls of {} principals are decided as if all of them had these policies",
            callers.len()
        ));
        output::tell("hint: --principal GLOB takes the calls of one");
    }
    uses.into_iter()
        .enumerate()
        .map(|(index, ((principal, action, resource, context, observed), calls))| {
            let context: Context = context.iter().map(|(key, value)| (key, [value.as_str()])).collect();
            let text = trail::arn_format::unescape(resource);
            Case {
                id: (index + 1).into(),
                // Without the resource's account: its own policy, which the trail does not hold, is not asked.
                request: Request::new(Principal::parse(principal), action, &*text, context),
                calls,
                expect: None,
                observed: Some(observed),
                on_pattern: is_pattern(resource) && has_resources(action, catalog),
            }
        })
        .collect()
}

/// Whether policies of this kind decide what such a principal may do.
fn is_limited(kind: PrincipalKind, layer: Layer) -> bool {
    match layer {
        Layer::Identity | Layer::Boundary | Layer::Session => kind.takes_policies(),
        Layer::Scp => kind.takes_policies() || kind == PrincipalKind::Root,
        Layer::Resource | Layer::Rcp | Layer::Endpoint => true,
    }
}

/// Whether a resource of an analysis, in which what is no wildcard is escaped, stands for several.
fn is_pattern(resource: &str) -> bool {
    resource.replace("${*}", "").replace("${?}", "").contains(['*', '?'])
}

/// Whether an action is about resources at all; else `*` says all there is to say.
fn has_resources(action: &str, catalog: &Catalog) -> bool {
    let known = action.split_once(':').and_then(|(service, name)| catalog.action(service, name));
    known.is_none_or(|action| action.resources().len() > 0)
}

/// The fields of a written case.
const FIELDS: [&str; 9] =
    ["id", "request", "principal", "action", "resource", "resource_account", "context", "expect", "calls"];

fn written(name: &str, found: &[Element<'_>], principals: Option<&str>) -> Result<Vec<Case>, Failure> {
    let mut cases = Vec::new();
    let (mut unknown, mut nameless) = (BTreeSet::new(), 0_usize);
    for (index, element) in found.iter().enumerate() {
        let wrong = |message: String| {
            let hint = "a case is {\"principal\": \"ARN\", \"action\": \"s3:GetObject\", \"resource\": \"ARN\", \"context\": {}}";
            Failure::at(name, element.place, message, hint)
        };
        let value = serde_json::from_str(element.text).map_err(|error| wrong(without_place(&error)))?;
        let Value::Object(mut fields) = value else { return Err(wrong("a case must be an object".to_owned())) };
        unknown.extend(fields.keys().filter(|field| !FIELDS.contains(&field.as_str())).cloned());
        // Lines as `simulate --jsonl` takes them have the request in a field of its own.
        if let Some(Value::Object(request)) = fields.remove("request") {
            fields.extend(request);
        }
        let case = one(fields, index + 1, principals, &mut nameless).map_err(wrong)?;
        cases.extend(case);
    }
    for field in unknown {
        output::tell(&format!("warning: `{name}`: the field `{field}` of cases is not read"));
    }
    if nameless > 0 {
        output::tell(&format!("warning: {nameless} cases name no principal, and are decided for `{SOMEONE}`"));
    }
    Ok(cases)
}

/// One case, if its principal is asked for.
fn one(
    mut fields: Map<String, Value>,
    number: usize,
    principals: Option<&str>,
    nameless: &mut usize,
) -> Result<Option<Case>, String> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    if fields.get("principal").is_none_or(Value::is_null) {
        *nameless += 1;
        fields.insert("principal".to_owned(), SOMEONE.into());
    } else if let (Some(glob), Some(principal)) = (principals, fields.get("principal").and_then(text))
        && !generate::matches_principal(glob, PrincipalKind::Role, &principal)
    {
        return Ok(None);
    }
    let expect = match fields.get("expect") {
        None | Some(Value::Null) => None,
        Some(Value::String(word)) => Some(match word.as_str() {
            "allowed" => Expected::Allowed,
            "denied" => Expected::Denied,
            "implicit-deny" => Expected::ImplicitDeny,
            "explicit-deny" => Expected::ExplicitDeny,
            _ => return Err(format!("`expect` is `{word}`, not allowed, denied, implicit-deny or explicit-deny")),
        }),
        Some(_) => return Err("`expect` must be a string".to_owned()),
    };
    let calls = match fields.get("calls") {
        None | Some(Value::Null) => 1,
        Some(calls) => calls.as_u64().ok_or("`calls` must be a whole number")?,
    };
    let id = fields.remove("id").filter(|id| !id.is_null()).unwrap_or_else(|| number.into());
    let request = authz::wire::request(&Value::Object(fields)).map_err(|error| match error {
        WireError::Field { field, wanted } => {
            format!("`{}` must be {wanted}", field.strip_prefix("request.").unwrap_or(&field))
        }
        other => other.to_string(),
    })?;
    Ok(Some(Case { id, request, calls, expect, observed: None, on_pattern: false }))
}

impl Expected {
    pub fn as_str(self) -> &'static str {
        match self {
            Expected::Allowed => "allowed",
            Expected::Denied => "denied",
            Expected::ImplicitDeny => "implicit-deny",
            Expected::ExplicitDeny => "explicit-deny",
        }
    }

    pub fn is(self, outcome: authz::Outcome) -> bool {
        match self {
            Expected::Denied => outcome != authz::Outcome::Allowed,
            other => other.as_str() == outcome.as_str(),
        }
    }
}
