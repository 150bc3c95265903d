//! What a policy allows, and how good that is.

use crate::answers::Answers;
use crate::body::Body;
use crate::schema::{
    DiffAnswer, DiffRequest, ScoreAnswer, ScoreRequest, SimulateAnswer, SimulateRequest, ValidateAnswer,
    ValidateRequest,
};
use crate::{App, Caller, Problem, settings};
use advisor::{Advice, DEADLINE, FollowUp, Kind, Language, Question, advise};
use authz::compare::wire as compared;
use authz::{Context, Layer, Principal, Request, misunderstood, wire};
use axum::Json;
use axum::extract::State;
use jiff::tz::TimeZone;
use policy::{Document, Effect, Node, ParseError, Place};
use review::wire::{compliance, escalation, explained, scored, validate_text};
use review::{
    Better, Escalation, Finding, PolicyType, Review, Score, Sorted, Suppression, better, compliance as frameworks,
    escalations, suppress,
};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use store::Decision;
use trail::Outcome;

/// Findings of a policy.
#[utoipa::path(post, path = "/validate", tag = "policies", request_body = ValidateRequest,
    responses((status = 200, body = ValidateAnswer), (status = 400, body = Problem), (status = 401, body = Problem), (status = 413, body = Problem)))]
pub(crate) async fn validate(
    State(app): State<App>,
    _: Caller,
    Body(asked): Body<ValidateRequest>,
) -> Result<Json<Value>, Problem> {
    let (text, policy_type) = policy_of(asked.policy, asked.policy_type.as_deref())?;
    let accepted = settings::recent(&app).await?.suppressions();
    let answer = app
        .work(move |app| {
            let reviews = validate_text(&text, policy_type, app.catalog());
            let found = Found::of(&reviews, accepted, None, app);
            let mut answer = Map::from_iter([("type".to_owned(), policy_type.as_str().into())]);
            found.tell(&mut answer);
            let readable = is_readable(&reviews);
            let frameworks = frameworks::summaries(&found.findings.open, false, policy_type, readable);
            answer.insert("compliance".to_owned(), compliance(&frameworks).into());
            answer
        })
        .await?;
    Ok(Json(Value::Object(answer)))
}

/// Grades a policy, explains the grade, and offers a better version. With `minimum` it is a gate.
#[utoipa::path(post, path = "/score", tag = "policies", request_body = ScoreRequest,
    responses((status = 200, body = ScoreAnswer), (status = 400, body = Problem), (status = 401, body = Problem),
        (status = 403, body = Problem), (status = 413, body = Problem), (status = 503, body = Problem)))]
pub(crate) async fn score(
    State(app): State<App>,
    caller: Caller,
    Body(asked): Body<ScoreRequest>,
) -> Result<Json<Value>, Problem> {
    if asked.minimum.is_some_and(|minimum| !(1..=10).contains(&minimum)) {
        return Err(Problem::invalid("`minimum` is no score").hint("scores go from 1 to 10"));
    }
    let word = |text: Option<&str>, name: &str| format!("`{name}` `{}` is not known", text.unwrap_or_default());
    let language = asked.language.as_deref().map(str::parse::<Language>).transpose();
    let language =
        language.map_err(|_| Problem::invalid(word(asked.language.as_deref(), "language")).hint("en, es or pt"))?;
    let kind = asked.ask.as_deref().map(str::parse::<Kind>).transpose().map_err(|_| {
        Problem::invalid(word(asked.ask.as_deref(), "ask")).hint("general, trust, resource, compliance or risk")
    })?;
    let wish = asked.follow_up.as_deref().map(str::trim).filter(|wish| !wish.is_empty());
    if wish.is_some_and(|wish| wish.chars().count() > LONGEST_WISH) {
        return Err(Problem::invalid(format!("`follow_up` has more than {LONGEST_WISH} characters")));
    }
    let previous = asked.previous.map(parsed).transpose()?;
    let follow_up = wish.map(|wish| FollowUp { wish, previous: previous.as_ref() });
    let (text, policy_type) = policy_of(asked.policy, asked.policy_type.as_deref())?;
    if asked.minimum.is_some() {
        check_gate(&text, policy_type)?;
    }
    let settings = settings::kept(&app).await?.settings;
    let observed = match &asked.principal {
        None => Vec::new(),
        Some(principal) => {
            caller.may_read(asked.account.as_deref())?;
            observed(&app, principal, asked.account.as_deref()).await?
        }
    };
    let (used, accepted) = (observed.clone(), settings.suppressions());
    let principal = asked.principal;
    let looked = app.work(move |app| Looked::at(text, policy_type, &used, accepted, principal.as_deref(), app)).await?;
    let advice = match app.model().filter(|_| asked.advisor != Some(false)) {
        None => None,
        Some(model) => {
            let advice = match looked.reviews.as_slice() {
                [Review { document: Some(document), .. }] => {
                    let question = Question {
                        document,
                        policy_type,
                        findings: &looked.found.findings.open,
                        observed: &observed,
                        kind: kind.unwrap_or_default(),
                        language: language.unwrap_or_default(),
                        follow_up,
                    };
                    let answers = Answers { store: app.store(), now: app.now().as_second() };
                    advise(&question, model.as_ref(), &answers, app.catalog(), DEADLINE).await
                }
                _ => Advice {
                    notes: vec!["a model is asked about one document that can be read".to_owned()],
                    ..Advice::default()
                },
            };
            Some(advice.to_json(model.id()))
        }
    };
    let mut answer = looked.answer(advice);
    if let Some(minimum) = asked.minimum.map(|minimum| minimum.max(settings.minimum.unwrap_or(1))) {
        let score = looked.is_readable().then_some(looked.score.score);
        let accepted = score.is_some_and(|score| score >= minimum);
        answer.insert("accepted".to_owned(), accepted.into());
        let decision = Decision {
            time: app.now().to_string(),
            caller: caller.subject,
            policy: Sha256::digest(&looked.text).iter().map(|byte| format!("{byte:02x}")).collect(),
            policy_type: policy_type.as_str().to_owned(),
            minimum,
            score,
            accepted,
            findings: looked.found.findings.open.iter().map(|finding| finding.code.to_owned()).collect(),
        };
        // Without its place in the audit trail a decision is none.
        app.store().record(&decision, &decision.policy).await?;
    }
    Ok(Json(Value::Object(answer)))
}

/// That a gate is asked about what gives access, as what it is: whoever only limits gives none, and passes every gate.
fn check_gate(text: &str, policy_type: PolicyType) -> Result<(), Problem> {
    if !policy_type.grants() {
        let detail = format!("a policy of the type `{policy_type}` gives no access, so that no score lets it pass");
        return Err(Problem::invalid(detail).hint("`minimum` is for identity, resource and trust policies"));
    }
    let told = PolicyType::told_by(text);
    if told.names_principals() != policy_type.names_principals() {
        let detail = format!("the policy is not of the type `{policy_type}`: it looks like `{told}`");
        return Err(Problem::invalid(detail).hint("leave out `type`, and it is told by the policy"));
    }
    Ok(())
}

/// Whether a new policy allows anything that an old one does not, with a request that shows it, and what.
#[utoipa::path(post, path = "/diff", tag = "policies", request_body = DiffRequest,
    responses((status = 200, body = DiffAnswer), (status = 400, body = Problem), (status = 401, body = Problem), (status = 413, body = Problem)))]
pub(crate) async fn diff(
    State(app): State<App>,
    _: Caller,
    Body(asked): Body<DiffRequest>,
) -> Result<Json<Value>, Problem> {
    let answer = app.work(move |app| compare(asked, app)).await?;
    answer.map(Json)
}

/// Decides a request under given policies, and says what decided.
#[utoipa::path(post, path = "/simulate", tag = "policies", request_body = SimulateRequest,
    responses((status = 200, body = SimulateAnswer), (status = 400, body = Problem), (status = 401, body = Problem), (status = 413, body = Problem)))]
pub(crate) async fn simulate(
    State(app): State<App>,
    _: Caller,
    Body(asked): Body<SimulateRequest>,
) -> Result<Json<Value>, Problem> {
    let line = json!({"request": asked.request, "policies": asked.policies});
    let answer = app.work(move |_| wire::answer(&line)).await?;
    answer.map(Json).map_err(|error| Problem::invalid(error.to_string()))
}

fn compare(asked: DiffRequest, app: &App) -> Result<Value, Problem> {
    let layer = asked.policy_type.as_deref().map_or(Some(Layer::Identity), compared::layer);
    let mut ignored = Vec::new();
    for (side, policy) in [("old", &asked.old), ("new", &asked.new)] {
        ignored.extend(layer.map(|layer| passed_over(side, policy, layer)).transpose()?.unwrap_or_default());
    }
    let line = json!({"old": parsed(asked.old)?, "new": parsed(asked.new)?, "type": asked.policy_type, "service_aware": asked.service_aware});
    let answer = compared::answer_in_blocks(&line, app.catalog());
    let mut answer = answer.map_err(|error| Problem::invalid(error.to_string()))?;
    if let Value::Object(members) = &mut answer {
        members.insert("warnings".to_owned(), ignored.into());
    }
    Ok(answer)
}

/// The Allow statements of a side that cannot be understood, and so allow nothing.
fn passed_over(side: &str, policy: &Value, layer: Layer) -> Result<Vec<Value>, Problem> {
    let text = match policy {
        Value::Array(policies) => {
            let each = policies.iter().map(|policy| passed_over(side, policy, layer));
            return Ok(each.collect::<Result<Vec<_>, _>>()?.concat());
        }
        Value::String(text) => Cow::Borrowed(text.as_str()),
        policy => Cow::Owned(policy.to_string()),
    };
    let wrong = |error: ParseError| Problem::invalid(format!("`{side}`: {error}"));
    let root = Node::read(&text).map_err(wrong)?;
    let mut warnings = Vec::new();
    for node in root.elements() {
        let document = policy::from_node(node, Some(&text)).map_err(wrong)?;
        let nodes = node.get("Statement").map(Node::elements).unwrap_or_default();
        for (statement, node) in document.statements.iter().zip(nodes) {
            if let Some(problem) = misunderstood(statement, layer).filter(|_| statement.effect == Effect::Allow) {
                // What came as an object has no lines.
                let place = policy.is_string().then(|| Place::of(&text, node.start));
                warnings.push(json!({"policy": side, "message": format!("the statement allows nothing: {problem}"),
                    "line": place.map(|place| place.line), "column": place.map(|place| place.column)}));
            }
        }
    }
    Ok(warnings)
}

/// Characters of what a model is asked to change.
const LONGEST_WISH: usize = 2_000;
/// Findings of one answer: Lambda answers with 6 MB at most.
const MOST_FINDINGS: usize = 1_000;

/// A policy that was looked at from all sides.
struct Looked {
    text: String,
    policy_type: PolicyType,
    reviews: Vec<Review>,
    found: Found,
    score: Score,
    escalations: Vec<Escalation>,
    better: Option<(Better, Score)>,
}

impl Looked {
    fn at(
        text: String,
        policy_type: PolicyType,
        observed: &[Request],
        accepted: Vec<Suppression>,
        principal: Option<&str>,
        app: &App,
    ) -> Looked {
        let reviews = validate_text(&text, policy_type, app.catalog());
        let found = Found::of(&reviews, accepted, principal, app);
        let documents: Vec<Document> = reviews.iter().filter_map(|review| review.document.clone()).collect();
        let inventory = app.inventory();
        let access = inventory.access(&documents, policy_type, &[]);
        let escalations = match policy_type {
            // Who is named in a policy of a resource has other policies, too.
            PolicyType::Identity => escalations(&access),
            _ => Vec::new(),
        };
        let score = inventory.score_of(&access, &documents, policy_type);
        let stands = |finding: &Finding| found.findings.stands(finding);
        let better = better(&text, policy_type, app.catalog(), observed, &stands).map(|better| {
            let access = inventory.access(&better.documents, policy_type, &[]);
            let score = inventory.score_of(&access, &better.documents, policy_type);
            (better, score)
        });
        Looked { text, policy_type, reviews, found, score, escalations, better }
    }

    /// Whether there is a policy, and all of it can be read: a score of anything else would say that nothing is allowed.
    fn is_readable(&self) -> bool {
        is_readable(&self.reviews)
    }

    fn compliance(&self, escalates: bool) -> Vec<Value> {
        compliance(&frameworks::summaries(&self.found.findings.open, escalates, self.policy_type, self.is_readable()))
    }

    fn answer(&self, advice: Option<Value>) -> Map<String, Value> {
        let mut answer = Map::new();
        let mut put = |name: &str, value: Value| answer.insert(name.to_owned(), value);
        put("type", self.policy_type.as_str().into());
        put("score", Value::Null);
        put("graded_by", "rules".into());
        put("advice", advice.unwrap_or_default());
        put("escalations", self.escalations.iter().map(escalation).collect());
        put("compliance", self.compliance(!self.escalations.is_empty()).into());
        put("better", self.better.as_ref().map(|(better, score)| better.to_json(Some(score))).unwrap_or_default());
        self.found.tell(&mut answer);
        if self.is_readable() {
            answer.extend(scored(&self.score));
        }
        answer
    }
}

/// Whether there is a policy, and all of it can be read.
fn is_readable(reviews: &[Review]) -> bool {
    !reviews.is_empty() && reviews.iter().all(|review| review.document.is_some())
}

/// What was found, what of it is accepted, and by whom.
struct Found {
    findings: Sorted,
    suppressions: Vec<Suppression>,
}

impl Found {
    fn of(reviews: &[Review], suppressions: Vec<Suppression>, principal: Option<&str>, app: &App) -> Found {
        let all: Vec<Finding> = reviews.iter().flat_map(|review| &review.findings).cloned().collect();
        let today = app.now().to_zoned(TimeZone::UTC).date();
        Found { findings: suppress(all, &suppressions, principal, today), suppressions }
    }

    /// The findings that an answer has room for, how many it has not, and those that are accepted.
    fn tell(&self, answer: &mut Map<String, Value>) {
        let open = &self.findings.open;
        let shown: Vec<Value> = open.iter().take(MOST_FINDINGS).map(explained).collect();
        let accepted = self.findings.accepted.iter().take(MOST_FINDINGS).filter_map(|(finding, index)| {
            let by = self.suppressions.get(*index)?;
            let expires = by.expires.to_string();
            Some(json!({"finding": explained(finding), "reason": by.reason, "owner": by.owner, "expires": expires}))
        });
        answer.insert("findings".to_owned(), shown.into());
        answer.insert("more_findings".to_owned(), open.len().saturating_sub(MOST_FINDINGS).into());
        answer.insert("suppressed".to_owned(), accepted.collect());
    }
}

/// A policy's text and type. What is given as JSON is written as text, so that findings have lines in any case.
fn policy_of(policy: Value, policy_type: Option<&str>) -> Result<(String, PolicyType), Problem> {
    let text = match policy {
        Value::String(text) => text,
        policy @ (Value::Object(_) | Value::Array(_)) => format!("{policy:#}"),
        _ => return Err(Problem::invalid("`policy` must be a document, the text of one, or a list of documents")),
    };
    let policy_type = match policy_type {
        None => PolicyType::told_by(&text),
        Some(word) => word.parse().map_err(|error| Problem::invalid(format!("`type`: {error}")))?,
    };
    Ok((text, policy_type))
}

/// A document that may be given as its text.
fn parsed(policy: Value) -> Result<Value, Problem> {
    match policy {
        Value::String(text) => {
            Node::read(&text).map_err(|error| Problem::invalid(format!("a policy cannot be read: {error}")))?;
            serde_json::from_str(&text).map_err(|error| Problem::invalid(format!("a policy is no JSON: {error}")))
        }
        policy => Ok(policy),
    }
}

/// What a principal did, as requests.
async fn observed(app: &App, principal: &str, account: Option<&str>) -> Result<Vec<Request>, Problem> {
    let mut requests = Vec::new();
    for summary in app.store().summaries(account).await? {
        if summary.principal != principal {
            continue;
        }
        for row in app.store().usage(&summary.account, principal, None, None).await? {
            if row.outcome == Outcome::Denied {
                continue;
            }
            let context: Context = row.context.iter().map(|(key, value)| (key, [value.as_str()])).collect();
            let resource = trail::arn_format::unescape(&row.resource);
            requests.push(Request::new(Principal::parse(principal), &row.action, &*resource, context));
        }
    }
    Ok(requests)
}
