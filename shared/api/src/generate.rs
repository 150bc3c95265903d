//! Policies from use.

use crate::body::Body;
use crate::schema::{GenerateAnswer, GenerateRequest};
use crate::window::Window;
use crate::{App, Caller, Problem, settings};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use generate::{Level, Mode, Options, matches_principal};
use policy::{Document, Quota};
use serde_json::Value;
use usage::{PrincipalRow, Rows, Usage};

/// The most principals that one request generates for.
const PRINCIPALS: usize = 100;

/// Least-privilege policies from what was used, with evidence and proof.
#[utoipa::path(post, path = "/generate", tag = "usage", request_body = GenerateRequest,
    responses((status = 200, body = GenerateAnswer), (status = 400, body = Problem), (status = 401, body = Problem),
        (status = 403, body = Problem), (status = 404, body = Problem), (status = 503, body = Problem)))]
pub(crate) async fn generate(
    State(app): State<App>,
    caller: Caller,
    Body(asked): Body<GenerateRequest>,
) -> Result<Json<Value>, Problem> {
    caller.may_read(asked.account.as_deref())?;
    let (mut options, window) = options(&asked)?;
    if options.level == Level::Action {
        options.exclude_actions.extend(settings::kept(&app).await?.settings.exclude_actions);
    }
    let attached = attached(asked.compare)?;
    let rows = rows(&app, &asked.principal, asked.account.as_deref(), &window).await?;
    let generated = app.work(move |app| generate::generate(&rows, &attached, app.catalog(), &options)).await?;
    let generated = generated.map_err(|error| {
        let cause = std::error::Error::source(&error).map(|cause| format!(": {cause}")).unwrap_or_default();
        Problem::invalid(format!("{error}{cause}"))
    })?;
    let answer = serde_json::to_value(&generated);
    answer.map(Json).map_err(|error| Problem::new(StatusCode::INTERNAL_SERVER_ERROR, error.to_string()))
}

/// What the principals that a glob matches used.
async fn rows(app: &App, glob: &str, account: Option<&str>, window: &Window) -> Result<Rows, Problem> {
    let mut usage = Usage::default();
    let mut found = 0;
    for summary in app.store().summaries(account).await? {
        let seen = summary.seen_as.iter().filter(|seen| matches_principal(glob, seen.kind, &summary.principal));
        let principals: Vec<PrincipalRow> = seen
            .map(|seen| PrincipalRow {
                principal: summary.principal.clone(),
                kind: seen.kind,
                account: seen.owner.clone(),
                events: seen.events,
            })
            .collect();
        if principals.is_empty() {
            continue;
        }
        found += 1;
        if found > PRINCIPALS {
            return Err(Problem::invalid(format!("`{glob}` matches more than {PRINCIPALS} principals"))
                .hint("narrow the glob, or name an account"));
        }
        let (start, end) = (window.start.as_deref(), window.end.as_deref());
        let rows = app.store().usage(&summary.account, &summary.principal, start, end).await?;
        usage.merge(&Usage::from_rows(&Rows { principals, usage: rows, ..Rows::default() }));
    }
    if found == 0 {
        return Err(Problem::new(StatusCode::NOT_FOUND, "no principal that was seen matches").hint(
            "a glob matches an ARN, its last part, or a permission set's name; GET /principals lists who was seen",
        ));
    }
    Ok(usage.rows())
}

fn options(asked: &GenerateRequest) -> Result<(Options, Window), Problem> {
    let unknown = |name: &str, word: &str, known: &str| {
        Problem::invalid(format!("`{name}` `{word}` is not known")).hint(known.to_owned())
    };
    let mode = match asked.mode.as_deref() {
        None | Some("resources") => Mode::Resources,
        Some("actions") => Mode::Actions,
        Some(word) => return Err(unknown("mode", word, "resources or actions")),
    };
    let level = match asked.level.as_deref() {
        None | Some("action") => Level::Action,
        Some("service") => Level::Service,
        Some(word) => return Err(unknown("level", word, "action or service")),
    };
    let quota = match asked.quota.as_deref() {
        None | Some("managed") => Quota::Managed,
        Some("role") => Quota::Role,
        Some("user") => Quota::User,
        Some("group") => Quota::Group,
        Some(word) => return Err(unknown("quota", word, "managed, role, user or group")),
    };
    if level == Level::Service && !(asked.exclude_actions.is_empty() && asked.allow_actions.is_empty()) {
        return Err(Problem::invalid(
            "`level` `service` grants every action of a service, those that are excluded too",
        )
        .hint("leave out exclude_actions and allow_actions, or level"));
    }
    settings::check_globs(asked.exclude_actions.iter().chain(&asked.allow_actions))?;
    let window = Window::new(asked.start.clone(), asked.end.clone())?;
    let (start, end) = window.days();
    let default = Options::default();
    let options = Options {
        mode,
        level,
        quota,
        principal: Some(asked.principal.clone()),
        start,
        end,
        min_count: asked.min_count.unwrap_or(default.min_count),
        exclude_actions: asked.exclude_actions.clone(),
        allow_actions: asked.allow_actions.clone(),
        include_denied: asked.include_denied,
        generalize: asked.generalize.unwrap_or(default.generalize),
    };
    Ok((options, window))
}

fn attached(compare: Option<Value>) -> Result<Vec<Document>, Problem> {
    let values = match compare {
        None | Some(Value::Null) => return Ok(Vec::new()),
        Some(Value::Array(values)) => values,
        Some(value) => vec![value],
    };
    let parse = |value: &Value| match value {
        Value::String(text) => policy::parse(text),
        value => policy::from_value(value),
    };
    values.iter().map(|value| parse(value).map_err(|error| Problem::invalid(format!("`compare`: {error}")))).collect()
}
