//! What holds for everybody who asks: the least score of a gate, actions that are never granted, findings that are accepted.

use crate::body::Body;
use crate::schema::{Settings, SettingsAnswer, SettingsRequest, Suppression};
use crate::{App, Caller, Problem};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde_json::Value;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Suppressions that settings hold at most.
const SUPPRESSIONS: usize = 1_000;
/// Globs of excluded actions at most.
const EXCLUDED: usize = 200;
/// How old settings may be that findings are shown by, while somebody types. Decisions are made by those that hold.
const OLDEST: Duration = Duration::from_secs(60);

/// The settings that hold for everybody.
#[utoipa::path(get, path = "/settings", tag = "settings",
    responses((status = 200, body = SettingsAnswer), (status = 401, body = Problem), (status = 503, body = Problem)))]
pub(crate) async fn read(State(app): State<App>, _: Caller) -> Result<Json<SettingsAnswer>, Problem> {
    Ok(Json(kept(&app).await?))
}

/// Writes the settings, all of them. The group admin may.
#[utoipa::path(put, path = "/settings", tag = "settings", request_body = SettingsRequest,
    responses((status = 200, body = SettingsAnswer), (status = 400, body = Problem), (status = 401, body = Problem),
        (status = 403, body = Problem), (status = 409, body = Problem), (status = 503, body = Problem)))]
pub(crate) async fn write(
    State(app): State<App>,
    caller: Caller,
    Body(asked): Body<SettingsRequest>,
) -> Result<Json<SettingsAnswer>, Problem> {
    caller.may_change()?;
    check(&asked.settings)?;
    let stale = || {
        let detail = format!("the settings are not in version {} any more", asked.version);
        Problem::new(StatusCode::CONFLICT, detail).hint("read them again, and change those")
    };
    let answer = SettingsAnswer {
        settings: asked.settings,
        version: asked.version.checked_add(1).ok_or_else(stale)?,
        changed_at: Some(app.now().to_string()),
        changed_by: Some(caller.subject),
    };
    let text = serde_json::to_string(&answer).map_err(|error| Problem::invalid(error.to_string()))?;
    if app.store().keep_settings(&text, asked.version).await? {
        app.seen_settings().keep(&answer.settings);
        Ok(Json(answer))
    } else {
        Err(stale())
    }
}

/// The settings as they are.
pub(crate) async fn kept(app: &App) -> Result<SettingsAnswer, Problem> {
    let (text, version) = app.store().settings().await?;
    let Some(text) = text else { return Ok(SettingsAnswer::default()) };
    let answer: SettingsAnswer = serde_json::from_str(&text).map_err(|error| {
        tracing::error!(%error, "the settings in the store cannot be read");
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "the settings cannot be read")
    })?;
    Ok(SettingsAnswer { version, ..answer })
}

/// The settings as they were at most a minute ago.
pub(crate) async fn recent(app: &App) -> Result<Settings, Problem> {
    if let Some(settings) = app.seen_settings().get() {
        return Ok(settings);
    }
    let settings = kept(app).await?.settings;
    app.seen_settings().keep(&settings);
    Ok(settings)
}

/// The settings that were read or written last, and when.
#[derive(Default)]
pub(crate) struct Seen(Mutex<Option<(Instant, Settings)>>);

impl Seen {
    fn get(&self) -> Option<Settings> {
        let seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        seen.as_ref().filter(|(when, _)| when.elapsed() < OLDEST).map(|(_, settings)| settings.clone())
    }

    fn keep(&self, settings: &Settings) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((Instant::now(), settings.clone()));
    }
}

/// That globs of actions can match any.
pub(crate) fn check_globs<'a>(globs: impl IntoIterator<Item = &'a String>) -> Result<(), Problem> {
    match generate::matches_no_action(globs) {
        None => Ok(()),
        Some(glob) => {
            let service = if glob.is_empty() { "s3" } else { glob };
            Err(Problem::invalid(format!("`{glob}` matches no action"))
                .hint(format!("an action has a service and a name: `{service}:*` are all of a service")))
        }
    }
}

impl Settings {
    /// What has been accepted, as rules take it. What was checked when it was written, and is none any more, accepts nothing.
    pub(crate) fn suppressions(&self) -> Vec<review::Suppression> {
        self.suppress.iter().filter_map(|one| suppression(one).ok()).collect()
    }
}

fn check(settings: &Settings) -> Result<(), Problem> {
    if settings.minimum.is_some_and(|minimum| !(1..=10).contains(&minimum)) {
        return Err(Problem::invalid("`minimum` is no score").hint("scores go from 1 to 10"));
    }
    if settings.suppress.len() > SUPPRESSIONS || settings.exclude_actions.len() > EXCLUDED {
        return Err(Problem::invalid(format!(
            "settings hold at most {SUPPRESSIONS} suppressions and {EXCLUDED} globs of actions"
        )));
    }
    check_globs(&settings.exclude_actions)?;
    settings.suppress.iter().try_for_each(|one| suppression(one).map(|_| ()))
}

fn suppression(one: &Suppression) -> Result<review::Suppression, Problem> {
    let value = serde_json::to_value(one).unwrap_or(Value::Null);
    let read: review::Suppression = serde_json::from_value(value).map_err(|error| {
        Problem::invalid(format!("the suppression of `{}`: {error}", one.rule)).hint("days are written 2027-06-30")
    })?;
    if read.expires.to_string() != one.expires {
        return Err(Problem::invalid(format!("`{}` is no UTC day", one.expires)).hint("write it as 2027-06-30"));
    }
    if [&one.sid, &one.principal].into_iter().flatten().any(String::is_empty) {
        return Err(Problem::invalid(format!("the suppression of `{}` is for nobody", one.rule))
            .hint("leave out an empty `sid` or `principal`: then it is for all"));
    }
    read.check().map_err(|error| Problem::invalid(error.to_string()).hint("docs/RULES.md lists all codes"))?;
    Ok(read)
}
