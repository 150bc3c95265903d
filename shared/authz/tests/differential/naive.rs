//! A second evaluator, written from AWS's documentation for clarity and not for speed: it compiles nothing, shares no
//! code with the first, and answers with the word only. It follows the chapters on evaluation logic,
//! principals, sessions, SCPs, RCPs and endpoint policies. Partitions and paths of users are those that are generated.

use std::collections::BTreeMap;

use policy::{
    ActionBlock, Condition, Document, Effect, PrincipalBlock, PrincipalKind, Principals, ResourceBlock, Statement,
    Version,
};

/// A request in plain texts; context keys are lower-case.
#[derive(Debug, Clone)]
pub struct Ask {
    pub who: Who,
    pub action: String,
    pub resource: String,
    pub resource_account: String,
    pub context: BTreeMap<String, Vec<String>>,
}

/// Who asks, as the chapters on principals tell them apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// A principal of an account, by its ARN.
    OfAccount(String),
    Service(String),
    Federated(String),
    Anonymous,
}

/// The policies that apply.
#[derive(Debug, Clone)]
pub struct Given {
    pub identity: Vec<Document>,
    pub resource: Option<Document>,
    pub boundary: Vec<Document>,
    pub session: Vec<Document>,
    pub scps: Vec<Vec<Document>>,
    pub rcps: Vec<Vec<Document>>,
    pub endpoint: Option<Document>,
}

pub fn decide(ask: &Ask, given: &Given) -> &'static str {
    // Neither SCPs nor RCPs restrict service-linked roles, and RCPs do not keep a service from assuming one.
    let linked = ask.role().is_some_and(|role| role.starts_with("AWSServiceRoleFor"));
    // SCPs restrict the users, roles and root users of the organization's accounts, and nobody else.
    let scps: &[Vec<Document>] = if linked || ask.account().is_none() { &[] } else { &given.scps };
    // RCPs restrict what is done to a resource, whoever does it. "The kms:RetireGrant permission is not effective in an RCP"
    let retires = ask.action.eq_ignore_ascii_case("kms:RetireGrant");
    let links = ask.action == "sts:AssumeRole" && ask.resource.contains(":role/aws-service-role/");
    let rcps: &[Vec<Document>] = if linked || retires || links { &[] } else { &given.rcps };

    let denies = |document: &Document| speaks(ask, document, Effect::Deny).is_some();
    let allows = |document: &Document| speaks(ask, document, Effect::Allow).is_some();
    let mut all = [&given.identity, &given.boundary, &given.session].into_iter().flatten();
    let mut of_organisation = scps.iter().chain(rcps).flatten();
    if all.any(denies) || of_organisation.any(denies) || given.resource.iter().chain(&given.endpoint).any(denies) {
        return "explicit-deny";
    }
    let each_level = |levels: &[Vec<Document>]| levels.iter().all(|level| level.iter().any(allows));
    let limited = !each_level(rcps) || !each_level(scps) || !given.endpoint.iter().all(allows);
    if !limited && granted(ask, given) { "allowed" } else { "implicit-deny" }
}

/// Whether there is an Allow wherever one is needed.
fn granted(ask: &Ask, given: &Given) -> bool {
    let any = |documents: &[Document]| documents.iter().any(|document| speaks(ask, document, Effect::Allow).is_some());
    let resource = given.resource.as_ref().and_then(|document| speaks(ask, document, Effect::Allow));
    // Services, federated users and strangers have no policies of their own.
    let (Who::OfAccount(arn), Some(account)) = (&ask.who, ask.account()) else { return resource.is_some() };

    let limits = [&given.boundary, &given.session].into_iter().all(|list| list.is_empty() || any(list));
    let root = arn.ends_with(":root");
    let federated = arn.contains(":federated-user/");
    // A session of GetFederationToken has what both the user's policies and the session policies allow, and without
    // session policies nothing.
    let own = root || (any(&given.identity) && limits && !(federated && given.session.is_empty()));
    if account != ask.resource_account {
        return resource.is_some() && own;
    }
    match resource {
        Some(Meant::Directly) => true,
        Some(Meant::AsRole) => limits,
        Some(Meant::AsAccount) => own,
        // Role trust policies and key policies "must explicitly allow access for principals".
        None if ask.resource.contains(":key/") && ask.action.to_lowercase().starts_with("kms:") => false,
        None if ask.resource.contains(":role/") && ask.action.to_lowercase() == "sts:assumerole" => false,
        None => own,
    }
}

impl Ask {
    fn account(&self) -> Option<&str> {
        match &self.who {
            Who::OfAccount(arn) => arn.split(':').nth(4),
            _ => None,
        }
    }

    /// The name of the role whose session asks.
    fn role(&self) -> Option<&str> {
        match &self.who {
            Who::OfAccount(arn) => arn.split(":assumed-role/").nth(1)?.split('/').next(),
            _ => None,
        }
    }
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
            // A role whose session is not known is spared where the role is.
            let exactly = match &ask.who {
                Who::OfAccount(arn) if arn.contains(":role/") => Meant::AsRole,
                _ => Meant::Directly,
            };
            let spared = match statement.effect {
                Effect::Allow => meant(ask, principals).is_some(),
                Effect::Deny => meant(ask, principals) >= Some(exactly),
            };
            (!spared).then_some(Meant::Directly)
        }
    }
}

fn meant(ask: &Ask, principals: &Principals) -> Option<Meant> {
    let Principals::ByKind(kinds) = principals else { return Some(Meant::Directly) };
    let names = kinds.iter().flat_map(|(kind, names)| names.iter().map(move |name| (*kind, name.as_str())));
    names.filter_map(|(kind, name)| meant_by(ask, kind, name)).max()
}

fn meant_by(ask: &Ask, kind: PrincipalKind, name: &str) -> Option<Meant> {
    let directly = |yes: bool| yes.then_some(Meant::Directly);
    match (kind, &ask.who) {
        // `"*"` and `{"AWS": "*"}` are the same.
        (PrincipalKind::Aws, _) if name == "*" => Some(Meant::Directly),
        (PrincipalKind::Service, Who::Service(service)) => directly(name == "*" || name == service),
        (PrincipalKind::Federated, Who::Federated(provider)) => directly(name == "*" || name == provider),
        (PrincipalKind::Aws, Who::OfAccount(arn)) => {
            let account = ask.account()?;
            if name == account || name == format!("arn:aws:iam::{account}:root") {
                let root = *arn == format!("arn:aws:iam::{account}:root");
                return Some(if root { Meant::Directly } else { Meant::AsAccount });
            }
            if name == arn {
                return Some(if arn.contains(":role/") { Meant::AsRole } else { Meant::Directly });
            }
            // A session's ARN has the role's name without its path.
            let of_role = name.strip_prefix(&format!("arn:aws:iam::{account}:role/"))?;
            (of_role.split('/').next_back() == ask.role()).then_some(Meant::AsRole)
        }
        _ => None,
    }
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
        return condition.values.iter().any(|wanted| wanted == if values.is_empty() { "true" } else { "false" });
    }
    let negated = name.contains("Not");
    if values.is_empty() {
        return if_exists || set.map_or(negated, |set| set == "ForAllValues");
    }
    let one = |value: &String| {
        condition.values.iter().any(|wanted| compare(name, value, wanted, version, context)) != negated
    };
    match set {
        None if values.len() > 1 => negated,
        None => one(&values[0]),
        Some("ForAllValues") => values == [""] || values.iter().all(one),
        Some(_) => values != [""] && values.iter().any(one),
    }
}

/// Whether a request's value and a policy's are as the operator says; of a negated one, as the operator without its `Not`.
fn compare(name: &str, value: &str, wanted: &str, version: Version, context: &BTreeMap<String, Vec<String>>) -> bool {
    let filled = || fill(wanted, version, context);
    let filled_text = || filled().map(|wanted| wanted.iter().map(|(c, _)| *c).collect::<String>());
    let ordered = |ordering: Option<std::cmp::Ordering>| {
        let Some(ordering) = ordering else { return false };
        match name.trim_start_matches("Numeric").trim_start_matches("Date") {
            "Equals" | "NotEquals" => ordering.is_eq(),
            "LessThan" => ordering.is_lt(),
            "LessThanEquals" => ordering.is_le(),
            "GreaterThan" => ordering.is_gt(),
            "GreaterThanEquals" => ordering.is_ge(),
            other => panic!("the naive evaluator does not know `{other}`"),
        }
    };
    match name {
        "StringEquals" | "StringNotEquals" => filled_text().is_some_and(|wanted| wanted == value),
        "StringEqualsIgnoreCase" | "StringNotEqualsIgnoreCase" => {
            filled_text().is_some_and(|wanted| wanted.to_lowercase() == value.to_lowercase())
        }
        "StringLike" | "StringNotLike" => filled().is_some_and(|wanted| glob(&wanted, value)),
        "ArnLike" | "ArnEquals" | "ArnNotLike" | "ArnNotEquals" => {
            wanted == "*" || filled().is_some_and(|wanted| arn(&wanted, value, false))
        }
        "Bool" => {
            ["true", "false"].contains(&value.to_lowercase().as_str()) && wanted.to_lowercase() == value.to_lowercase()
        }
        // The generated ones are base 64 in its one spelling, or none at all.
        "BinaryEquals" => {
            value.len().is_multiple_of(4)
                && value.chars().all(|c| c.is_ascii_alphanumeric() || c == '=')
                && wanted == value
        }
        "IpAddress" | "NotIpAddress" => match (bits(value), wanted.split_once('/')) {
            (Some(value), None) => bits(wanted) == Some(value),
            (Some(value), Some((network, length))) => match (bits(network), length.parse::<usize>()) {
                (Some(network), Ok(length)) => {
                    network.len() == value.len() && network.get(..length).is_some_and(|start| value.starts_with(start))
                }
                _ => false,
            },
            (None, _) => false,
        },
        _ if name.starts_with("Numeric") => {
            let number = |text: &str| text.parse::<f64>().ok().filter(|number| number.is_finite());
            ordered(number(value).zip(number(wanted)).and_then(|(value, wanted)| value.partial_cmp(&wanted)))
        }
        _ => ordered(seconds(value).zip(seconds(wanted)).map(|(value, wanted)| value.cmp(&wanted))),
    }
}

/// An address as a text of zeros and ones.
fn bits(address: &str) -> Option<String> {
    let bytes = match address.parse().ok()? {
        std::net::IpAddr::V4(address) => address.octets().to_vec(),
        std::net::IpAddr::V6(address) => address.octets().to_vec(),
    };
    Some(bytes.iter().map(|byte| format!("{byte:08b}")).collect())
}

/// Seconds since 1970, of `YYYY-MM-DD`, `YYYY-MM-DDThh:mm:ssZ`, or seconds since 1970, counted day by day.
fn seconds(text: &str) -> Option<i64> {
    if text.len() != 4 && !text.is_empty() && text.chars().all(|c| c.is_ascii_digit()) {
        return text.parse().ok();
    }
    let number = |from: usize, to: usize| text.get(from..to)?.parse::<i64>().ok();
    let (year, month, day) = match text.len() {
        4 => (number(0, 4)?, 1, 1),
        7 => (number(0, 4)?, number(5, 7)?, 1),
        10 | 20 => (number(0, 4)?, number(5, 7)?, number(8, 10)?),
        _ => return None,
    };
    let leap = |year: i64| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days_of = |year: i64, month: i64| match month {
        2 => 28 + i64::from(leap(year)),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    if !(1..=12).contains(&month) || !(1..=days_of(year, month)).contains(&day) {
        return None;
    }
    let years: i64 = (1970..year).map(|year| 365 + i64::from(leap(year))).sum();
    let months: i64 = (1..month).map(|month| days_of(year, month)).sum();
    let time = match text.len() {
        20 => number(11, 13)? * 3600 + number(14, 16)? * 60 + number(17, 19)?,
        _ => 0,
    };
    Some((years + months + day - 1) * 86_400 + time)
}
