//! A second evaluator, written from AWS's documentation for clarity and not for speed: it compiles nothing, shares no
//! code with the first, and answers with the word only.

use std::collections::BTreeMap;

use policy::{
    ActionBlock, Condition, Document, Effect, PrincipalBlock, PrincipalKind, Principals, ResourceBlock, Statement,
    Version,
};

/// A request in plain texts; context keys are lower-case.
#[derive(Debug, Clone)]
pub struct Ask {
    pub principal: String,
    pub account: String,
    pub action: String,
    pub resource: String,
    pub resource_account: String,
    pub context: BTreeMap<String, Vec<String>>,
}

/// The policies that apply.
#[derive(Debug, Clone)]
pub struct Given {
    pub identity: Vec<Document>,
    pub resource: Option<Document>,
    pub boundary: Vec<Document>,
    pub session: Vec<Document>,
    pub scps: Vec<Vec<Document>>,
}

pub fn decide(ask: &Ask, given: &Given) -> &'static str {
    let all = given
        .identity
        .iter()
        .chain(&given.resource)
        .chain(&given.boundary)
        .chain(&given.session)
        .chain(given.scps.iter().flatten());
    if all.clone().any(|document| speaks(ask, document, Effect::Deny).is_some()) {
        return "explicit-deny";
    }
    let allows =
        |documents: &[Document]| documents.iter().any(|document| speaks(ask, document, Effect::Allow).is_some());
    if !given.scps.iter().all(|level| allows(level)) {
        return "implicit-deny";
    }
    let limits = [&given.boundary, &given.session].into_iter().all(|list| list.is_empty() || allows(list));
    let own = allows(&given.identity) && limits;
    let resource = given.resource.as_ref().and_then(|document| speaks(ask, document, Effect::Allow));
    let allowed = if ask.account == ask.resource_account {
        match resource {
            Some(Meant::Directly) => true,
            Some(Meant::AsRole) => limits,
            Some(Meant::AsAccount) | None => own,
        }
    } else {
        resource.is_some() && own
    };
    if allowed { "allowed" } else { "implicit-deny" }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Meant {
    AsAccount,
    AsRole,
    Directly,
}

/// Whether a statement of this effect applies, and how it means the caller.
fn speaks(ask: &Ask, document: &Document, effect: Effect) -> Option<Meant> {
    document
        .statements
        .iter()
        .filter(|statement| statement.effect == effect)
        .filter_map(|statement| applies(ask, statement, document.version))
        .max()
}

fn applies(ask: &Ask, statement: &Statement, version: Version) -> Option<Meant> {
    let named = statement.action.patterns().iter().any(|pattern| action(pattern, &ask.action));
    if named == matches!(statement.action, ActionBlock::NotAction(_)) {
        return None;
    }
    if let Some(block) = &statement.resource {
        let named = block.patterns().iter().any(|pattern| {
            pattern == "*"
                || fill(pattern, version, &ask.context).is_some_and(|pattern| arn(&pattern, &ask.resource, true))
        });
        if named == matches!(block, ResourceBlock::NotResource(_)) {
            return None;
        }
    }
    if !statement.conditions.iter().all(|condition| holds(condition, version, &ask.context)) {
        return None;
    }
    match &statement.principal {
        None => Some(Meant::Directly),
        Some(PrincipalBlock::Principal(principals)) => meant(ask, principals),
        Some(PrincipalBlock::NotPrincipal(principals)) => {
            let spared = match statement.effect {
                Effect::Allow => meant(ask, principals).is_some(),
                Effect::Deny => meant(ask, principals) == Some(Meant::Directly),
            };
            (!spared).then_some(Meant::Directly)
        }
    }
}

fn meant(ask: &Ask, principals: &Principals) -> Option<Meant> {
    let Principals::ByKind(kinds) = principals else { return Some(Meant::Directly) };
    let session = ask.principal.split(":assumed-role/").nth(1);
    let role = session.and_then(|session| session.split('/').next());
    kinds
        .iter()
        .filter(|(kind, _)| *kind == PrincipalKind::Aws)
        .flat_map(|(_, names)| names)
        .filter_map(|name| {
            if name == "*" || *name == ask.principal {
                Some(Meant::Directly)
            } else if *name == ask.account || *name == format!("arn:aws:iam::{}:root", ask.account) {
                Some(Meant::AsAccount)
            } else if role.is_some_and(|role| *name == format!("arn:aws:iam::{}:role/{role}", ask.account)) {
                Some(Meant::AsRole)
            } else {
                None
            }
        })
        .max()
}

fn action(pattern: &str, action: &str) -> bool {
    let (pattern, action) = (pattern.to_lowercase(), action.to_lowercase());
    if pattern == "*" {
        return true;
    }
    match (pattern.split_once(':'), action.split_once(':')) {
        (Some((a, p)), Some((b, t))) => a == b && glob(&text(p), t),
        _ => false,
    }
}

/// A pattern's character, and whether it is literal.
type Chars = Vec<(char, bool)>;

fn text(pattern: &str) -> Chars {
    pattern.chars().map(|c| (c, c != '*' && c != '?')).collect()
}

/// By the definition, with a table: does the pattern from i match the text from j?
fn glob(pattern: &[(char, bool)], text: &str) -> bool {
    let text: Vec<char> = text.chars().collect();
    let mut table = vec![vec![false; text.len() + 1]; pattern.len() + 1];
    table[pattern.len()][text.len()] = true;
    for i in (0..pattern.len()).rev() {
        for j in (0..=text.len()).rev() {
            table[i][j] = match pattern[i] {
                ('*', false) => table[i + 1][j] || (j < text.len() && table[i][j + 1]),
                ('?', false) => j < text.len() && table[i + 1][j + 1],
                (c, _) => j < text.len() && text[j] == c && table[i + 1][j + 1],
            };
        }
    }
    table[0][0]
}

fn arn(pattern: &Chars, arn: &str, ignore_case: bool) -> bool {
    let mut segments: Vec<Chars> = vec![Vec::new()];
    for &(c, literal) in pattern {
        if c == ':' && segments.len() < 6 {
            segments.push(Vec::new());
        } else {
            segments.last_mut().unwrap().push((c, literal));
        }
    }
    let actual: Vec<&str> = arn.splitn(6, ':').collect();
    if segments.len() != 6 || actual.len() != 6 {
        return false;
    }
    segments.iter().zip(actual).enumerate().all(|(index, (pattern, text))| {
        if ignore_case && index < 5 && index > 0 {
            let lower: Chars = pattern.iter().map(|&(c, literal)| (c.to_ascii_lowercase(), literal)).collect();
            glob(&lower, &text.to_ascii_lowercase())
        } else {
            glob(pattern, text)
        }
    })
}

/// The text with its variables' values as literal characters; `None` if one has no value.
fn fill(pattern: &str, version: Version, context: &BTreeMap<String, Vec<String>>) -> Option<Chars> {
    if version == Version::V2008 {
        return Some(text(pattern));
    }
    let mut out = Vec::new();
    let mut rest = pattern;
    while let Some(start) = rest.find("${") {
        let Some(length) = rest[start..].find('}') else { break };
        out.extend(text(&rest[..start]));
        let inside = &rest[start + 2..start + length];
        let value = match inside {
            "*" | "?" | "$" => inside.to_owned(),
            _ => {
                let (key, default) = match inside.split_once(", '") {
                    Some((key, default)) => (key, default.strip_suffix('\'')),
                    None => (inside, None),
                };
                match context.get(&key.to_lowercase()).map(Vec::as_slice) {
                    Some([one]) => one.clone(),
                    None | Some([]) => default?.to_owned(),
                    Some(_) => return None,
                }
            }
        };
        out.extend(value.chars().map(|c| (c, true)));
        rest = &rest[start + length + 1..];
    }
    out.extend(text(rest));
    Some(out)
}

fn holds(condition: &Condition, version: Version, context: &BTreeMap<String, Vec<String>>) -> bool {
    let (set, name) = match condition.operator.split_once(':') {
        Some((set, name)) => (Some(set), name),
        None => (None, condition.operator.as_str()),
    };
    let (name, if_exists) = match name.strip_suffix("IfExists") {
        Some(name) => (name, true),
        None => (name, false),
    };
    let values = context.get(&condition.key.to_lowercase()).cloned().unwrap_or_default();
    if name == "Null" {
        return condition.values.iter().any(|wanted| (wanted == "true") == values.is_empty());
    }
    let negated = name.contains("Not");
    if values.is_empty() {
        return if_exists || set.map_or(negated, |set| set == "ForAllValues");
    }
    let one = |value: &String| {
        let equal = condition.values.iter().any(|wanted| {
            let filled = || fill(wanted, version, context);
            match name {
                "StringEquals" | "StringNotEquals" => {
                    filled().is_some_and(|wanted| wanted.iter().map(|(c, _)| *c).collect::<String>() == *value)
                }
                "StringLike" | "StringNotLike" => filled().is_some_and(|wanted| glob(&wanted, value)),
                "ArnLike" | "ArnNotLike" => wanted == "*" || filled().is_some_and(|wanted| arn(&wanted, value, false)),
                "Bool" => wanted == value,
                "NumericLessThan" => match (value.parse::<i64>(), wanted.parse::<i64>()) {
                    (Ok(value), Ok(wanted)) => value < wanted,
                    _ => false,
                },
                other => panic!("the naive evaluator does not know `{other}`"),
            }
        });
        equal != negated
    };
    match set {
        None if values.len() > 1 => negated,
        None => one(&values[0]),
        Some("ForAllValues") => values == [""] || values.iter().all(one),
        Some(_) => values != [""] && values.iter().any(one),
    }
}
