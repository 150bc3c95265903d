//! Questions that a comparison answers: is this granted, is it public, is each statement needed, are these requests
//! still allowed.

use std::collections::BTreeMap;

use catalog::Catalog;
use policy::{Condition, Document, Effect, PrincipalBlock, PrincipalKind, Principals, Statement};

use super::{
    Comparison, Verdict,
    actions::Actions,
    compare,
    resources::Resources,
    search::{Reach, Search, formats},
    set::Set as StatementSet,
    statements::{Side, Statements},
    unknown_name,
    variables::valuations,
};
use crate::{
    condition::{Compare, Operator, Set},
    policies::{Layer, PrepareError},
    request::Request,
    statement::Query,
};

/// Whether the documents allow anything of what `fence` describes (its effect does not matter):
/// [`Verdict::NoNewAccess`] says that nothing of it is granted, a witness is a request that is.
///
/// # Errors
/// When a Deny statement cannot be understood.
pub fn granted(documents: &[Document], fence: Statement, layer: Layer) -> Result<Verdict, PrepareError> {
    compare(&[], documents, &Comparison::of(layer).inside(fence))
}

/// An action that policies allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AllowedAction<'c> {
    /// Which.
    pub action: catalog::Action<'c>,
    /// Whether that was shown; otherwise it could not be decided, and counts as allowed.
    pub is_certain: bool,
}

/// The actions of the catalog that the documents allow on something that they can be about, under some circumstances; in
/// the catalog's order.
///
/// # Errors
/// When a Deny statement cannot be understood.
pub fn allowed_actions<'c>(
    documents: &[Document],
    layer: Layer,
    catalog: &'c Catalog,
) -> Result<Vec<AllowedAction<'c>>, PrepareError> {
    let valuation = valuations(&[], documents).next().unwrap_or_default();
    let statements = Statements::new(&[], &valuation.fill(documents), &[], layer)?;
    let mut search = Search::new(&statements, layer, None, &valuation, Reach::Real, usize::MAX);
    let resources = Resources::new(&statements);
    let mut decided: BTreeMap<(StatementSet, Vec<&str>), Option<bool>> = BTreeMap::new();
    let mut found = Vec::new();
    for (set, class) in Actions::new(&statements).known(catalog) {
        // Actions that the same statements name, and that are about the same resources, are allowed together.
        let key = (set, formats(catalog, &class));
        let is_certain = match decided.get(&key) {
            Some(known) => *known,
            None => {
                search.budget = Comparison::BUDGET;
                let found = search.known(&key.0, &class, &resources, None, catalog);
                let certain = match found {
                    Ok(Some(_)) => Some(true),
                    Ok(None)
                        if valuation.is_empty() && search.doubts.is_empty() && unknown_name(&statements).is_none() =>
                    {
                        None
                    }
                    _ => {
                        let fence = Statement::allow([class.to_string()], ["*"]);
                        let how = Comparison::of(layer).service_aware(catalog).inside(fence);
                        match compare(&[], documents, &how)? {
                            Verdict::NoNewAccess => None,
                            Verdict::NewAccess(_) => Some(true),
                            Verdict::Inconclusive(_) => Some(false),
                        }
                    }
                };
                decided.insert(key, certain);
                certain
            }
        };
        let action = catalog.action(&class.service, &class.name);
        found.extend(action.zip(is_certain).map(|(action, is_certain)| AllowedAction { action, is_certain }));
    }
    Ok(found)
}

/// Whether a resource policy is public, as Amazon S3 means the word: it allows something to everyone, and not only to
/// callers who are held to fixed values of a key that tells where they belong.
///
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status>
///
/// # Errors
/// When a Deny statement cannot be understood.
pub fn public(document: &Document) -> Result<Verdict, PrepareError> {
    let statements = document.statements.iter().filter(|statement| {
        statement.effect == Effect::Deny || (is_for_everyone(statement) && !statement.conditions.iter().any(is_fixed))
    });
    let open = Document { statements: statements.cloned().collect(), ..document.clone() };
    compare(&[], &[open], &Comparison::of(Layer::Resource))
}

fn is_for_everyone(statement: &Statement) -> bool {
    match &statement.principal {
        Some(PrincipalBlock::NotPrincipal(_) | PrincipalBlock::Principal(Principals::Everyone)) => true,
        Some(PrincipalBlock::Principal(Principals::ByKind(kinds))) => kinds.iter().any(|(kind, names)| {
            matches!(kind, PrincipalKind::Aws | PrincipalKind::Federated) && names.iter().any(|name| name == "*")
        }),
        None => false,
    }
}

/// Keys whose fixed value keeps strangers out.
const BELONGING: [&str; 14] = [
    "aws:principalaccount",
    "aws:principalarn",
    "aws:principalorgid",
    "aws:principalorgpaths",
    "aws:sourceaccount",
    "aws:sourcearn",
    "aws:sourceip",
    "aws:sourceorgid",
    "aws:sourceowner",
    "aws:sourcevpc",
    "aws:sourcevpce",
    "aws:userid",
    "s3:dataaccesspointaccount",
    "s3:dataaccesspointarn",
];

fn is_fixed(condition: &Condition) -> bool {
    let key = condition.key.to_lowercase();
    let Some(operator) = Operator::parse(&condition.operator) else { return false };
    if !BELONGING.contains(&key.as_str()) || operator.negated || operator.if_exists || operator.set == Set::All {
        return false;
    }
    let fixed = |value: &String| match operator.compare {
        Compare::Ip => is_narrow(value),
        Compare::String | Compare::StringIgnoringCase => !value.contains("${"),
        // The account of an ARN is what it belongs to; `AROA...:*` is one role.
        Compare::StringLike | Compare::Arn => match value.split(':').nth(4) {
            Some(account) if value.starts_with("arn:") => !account.contains(['*', '?']) && !value.contains("${"),
            _ => value.split(':').next().is_some_and(|start| !start.contains(['*', '?'])) && !value.contains("${"),
        },
        _ => false,
    };
    !condition.values.is_empty() && condition.values.iter().all(fixed)
}

/// A network that is not most of the Internet: no wider than `/8`, or `/32` of version 6.
fn is_narrow(network: &str) -> bool {
    let widest = if network.contains(':') { 32 } else { 8 };
    network.split_once('/').is_none_or(|(_, prefix)| prefix.parse::<u32>().is_ok_and(|prefix| prefix >= widest))
}

/// A statement that could be left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Needless {
    /// The index of the document.
    pub policy: usize,
    /// The index of the statement in it.
    pub statement: usize,
    /// Why it could.
    pub why: Why,
}

/// Why a statement could be left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Why {
    /// The other statements say all of it.
    Redundant,
    /// All that it allows is denied, or it matches no request at all.
    Shadowed,
}

/// The statements that could be left out, each on its own, without a change in what the documents allow.
///
/// # Errors
/// When a Deny statement cannot be understood.
pub fn needless(documents: &[Document], layer: Layer) -> Result<Vec<Needless>, PrepareError> {
    let how = Comparison::of(layer);
    let mut found = Vec::new();
    for (policy, document) in documents.iter().enumerate() {
        for (index, statement) in document.statements.iter().enumerate() {
            let keep = |kept: &dyn Fn(usize, usize, &Statement) -> bool| -> Vec<Document> {
                let one = |(at, document): (usize, &Document)| Document {
                    statements: document
                        .statements
                        .iter()
                        .enumerate()
                        .filter(|(number, other)| kept(at, *number, other))
                        .map(|(_, other)| other.clone())
                        .collect(),
                    ..document.clone()
                };
                documents.iter().enumerate().map(one).collect()
            };
            let without = keep(&|at, number, _| (at, number) != (policy, index));
            let (old, new) = match statement.effect {
                Effect::Allow => (without.as_slice(), documents),
                Effect::Deny => (documents, without.as_slice()),
            };
            if compare(old, new, &how)? != Verdict::NoNewAccess {
                continue;
            }
            let alone = keep(&|at, number, other| (at, number) == (policy, index) || other.effect == Effect::Deny);
            let shadowed = statement.effect == Effect::Allow && compare(&[], &alone, &how)? == Verdict::NoNewAccess;
            let why = if shadowed { Why::Shadowed } else { Why::Redundant };
            found.push(Needless { policy, statement: index, why });
        }
    }
    Ok(found)
}

/// The requests that the documents do not allow, by the documents alone.
///
/// # Errors
/// When a Deny statement cannot be understood.
pub fn refused<'r>(
    documents: &[Document],
    requests: impl IntoIterator<Item = &'r Request>,
    layer: Layer,
) -> Result<Vec<&'r Request>, PrepareError> {
    let statements = Statements::new(&[], documents, &[], layer)?;
    Ok(requests.into_iter().filter(|request| !statements.allows(Side::New, &Query::new(request))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Context, Principal};

    fn document(statements: &str) -> Document {
        policy::parse(&format!(r#"{{"Version": "2012-10-17", "Statement": [{statements}]}}"#)).unwrap()
    }

    #[test]
    fn access_to_actions_or_resources() {
        let policy = [document(
            r#"{"Effect": "Allow", "Action": "iam:*", "Resource": "*"},
               {"Effect": "Deny", "Action": "iam:Pass?ole", "Resource": "*"}"#,
        )];
        let asks = |action: &str| granted(&policy, Statement::allow([action], ["*"]), Layer::Identity).unwrap();
        assert_eq!(asks("iam:PassRole"), Verdict::NoNewAccess);
        assert_eq!(asks("iam:CreateUser").witness().unwrap().action(), "iam:CreateUser");
        assert_eq!(asks("s3:*"), Verdict::NoNewAccess);
    }

    #[test]
    fn actions_that_a_policy_allows_at_all() {
        let policy = [document(
            r#"{"Effect": "Allow", "Action": "sqs:*Queue", "Resource": "arn:aws:sqs:*:*:a"},
               {"Effect": "Deny", "Action": "sqs:CreateQueue", "Resource": "*"},
               {"Effect": "Deny", "Action": "sqs:DeleteQueue", "Resource": "arn:aws:sqs:*:*:b"}"#,
        )];
        let found = allowed_actions(&policy, Layer::Identity, catalog::builtin()).unwrap();
        assert_eq!(
            found.iter().map(|found| found.action.name()).collect::<Vec<_>>(),
            ["DeleteQueue", "PurgeQueue", "TagQueue", "UntagQueue"]
        );
    }

    #[test]
    fn public_is_what_strangers_can_use() {
        let bucket = |principal: &str, condition: &str| {
            let text = format!(
                r#"{{"Effect": "Allow", "Principal": {principal}, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*",
                    "Condition": {condition}}}"#
            );
            public(&document(&text)).unwrap().witness().is_some()
        };
        let cases = [
            (r#""*""#, "{}", true),
            (r#"{"AWS": "*"}"#, "{}", true),
            (r#"{"AWS": "111122223333"}"#, "{}", false),
            (r#""*""#, r#"{"StringEquals": {"aws:PrincipalOrgID": "o-example"}}"#, false),
            (r#""*""#, r#"{"StringLike": {"aws:PrincipalOrgID": "o-*"}}"#, true),
            (r#""*""#, r#"{"StringEqualsIfExists": {"aws:PrincipalOrgID": "o-example"}}"#, true),
            (r#""*""#, r#"{"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}"#, false),
            (r#""*""#, r#"{"IpAddress": {"aws:SourceIp": ["203.0.113.0/24", "0.0.0.0/1"]}}"#, true),
            (r#""*""#, r#"{"ArnLike": {"aws:SourceArn": "arn:aws:sns:*:111122223333:*"}}"#, false),
            (r#""*""#, r#"{"ArnLike": {"aws:SourceArn": "arn:aws:sns:*:*:*"}}"#, true),
            (r#""*""#, r#"{"Bool": {"aws:SecureTransport": "true"}}"#, true),
            (r#""*""#, r#"{"StringEquals": {"aws:Referer": "https://example.com"}}"#, true),
        ];
        for (principal, condition, expected) in cases {
            assert_eq!(bucket(principal, condition), expected, "{principal} {condition}");
        }
    }

    #[test]
    fn a_deny_can_keep_a_public_statement_closed() {
        let policy = document(
            r#"{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"},
               {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*"}"#,
        );
        assert_eq!(public(&policy).unwrap(), Verdict::NoNewAccess);
    }

    #[test]
    fn statements_that_could_be_left_out() {
        let policy = document(
            r#"{"Effect": "Allow", "Action": "s3:*", "Resource": "*"},
               {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"},
               {"Effect": "Allow", "Action": "ec2:RunInstances", "Resource": "*"},
               {"Effect": "Deny", "Action": "ec2:*", "Resource": "*"},
               {"Effect": "Deny", "Action": "sqs:*", "Resource": "*"}"#,
        );
        let found: Vec<_> =
            needless(&[policy], Layer::Identity).unwrap().into_iter().map(|one| (one.statement, one.why)).collect();
        assert_eq!(found, [(1, Why::Redundant), (2, Why::Shadowed), (4, Why::Redundant)]);
    }

    #[test]
    fn requests_that_are_no_longer_allowed() {
        let of = |action| {
            let principal = Principal::parse("arn:aws:iam::111122223333:user/u");
            Request::new(principal, action, "arn:aws:s3:::b/a", Context::default())
        };
        let requests = [of("s3:GetObject"), of("s3:PutObject")];
        let policy = [document(r#"{"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}"#)];
        assert_eq!(refused(&policy, &requests, Layer::Identity).unwrap(), [&requests[1]]);
    }
}
