//! The HTTP routes: one router for each function, all of them for `leastwise serve`.
//!
//! Every path also answers under `/api`, so that one origin can serve the portal and the API. Errors are problem details
//! ([`Problem`]). Who asks is put into the request's extensions as a [`Caller`] by whoever has checked it; without one,
//! every route but `/health` and `/sign-in` answers 401.

#![allow(unused_qualifications, reason = "macros write their paths out")]

mod answers;
mod body;
mod caller;
mod generate;
mod health;
mod policies;
mod principals;
mod problem;
mod problems;
pub mod schema;
mod settings;
mod sign_in;
mod stats;
mod window;

pub use body::LARGEST;
pub use caller::Caller;
pub use problem::Problem;
pub use sign_in::{Oidc, SignIn};

use advisor::LanguageModel;
use axum::Router;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use axum::routing::get;
use catalog::Catalog;
use review::Inventory;
use std::sync::Arc;
use store::Store;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// What the routes answer from.
#[derive(Clone)]
pub struct App {
    inner: Arc<Inner>,
}

struct Inner {
    inventory: Inventory<'static>,
    store: Store,
    model: Option<Arc<dyn LanguageModel>>,
    sign_in: SignIn,
    settings: settings::Seen,
    now: fn() -> jiff::Timestamp,
}

impl App {
    /// With the catalog that is built in; without a model, policies are graded and explained by rules alone.
    #[must_use]
    pub fn new(store: Store, model: Option<Arc<dyn LanguageModel>>) -> App {
        let inventory = Inventory::new(catalog::builtin());
        let sign_in = SignIn::None;
        App {
            inner: Arc::new(Inner {
                inventory,
                store,
                model,
                sign_in,
                settings: settings::Seen::default(),
                now: jiff::Timestamp::now,
            }),
        }
    }

    /// With what `/sign-in` answers. It only tells; who asks is checked before a request is routed.
    #[must_use]
    pub fn signing_in(mut self, sign_in: SignIn) -> App {
        if let Some(inner) = Arc::get_mut(&mut self.inner) {
            inner.sign_in = sign_in;
        }
        self
    }

    /// With another clock.
    #[must_use]
    pub fn at(mut self, now: fn() -> jiff::Timestamp) -> App {
        if let Some(inner) = Arc::get_mut(&mut self.inner) {
            inner.now = now;
        }
        self
    }

    pub(crate) fn catalog(&self) -> &'static Catalog {
        self.inner.inventory.catalog()
    }

    pub(crate) fn inventory(&self) -> &Inventory<'static> {
        &self.inner.inventory
    }

    pub(crate) fn store(&self) -> &Store {
        &self.inner.store
    }

    pub(crate) fn model(&self) -> Option<&Arc<dyn LanguageModel>> {
        self.inner.model.as_ref()
    }

    pub(crate) fn sign_in(&self) -> &SignIn {
        &self.inner.sign_in
    }

    pub(crate) fn seen_settings(&self) -> &settings::Seen {
        &self.inner.settings
    }

    pub(crate) fn now(&self) -> jiff::Timestamp {
        (self.inner.now)()
    }

    /// Work that takes more than a moment of a processor, off the threads that answer.
    pub(crate) async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce(&App) -> T + Send + 'static,
    ) -> Result<T, Problem> {
        let app = self.clone();
        tokio::task::spawn_blocking(move || work(&app)).await.map_err(|error| {
            tracing::error!(%error, "the work did not end");
            Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "the request could not be worked on")
        })
    }
}

/// The API's description; paths are added by the routers.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "leastwise",
        description = "Least privilege from use, graded and proved. Every path also answers under /api.",
        license(name = "Apache-2.0")
    ),
    paths(principals::one),
    components(schemas(Problem))
)]
struct Description;

/// `/generate`: policies from use.
pub fn generate_router(app: &App) -> Router {
    finished(generate_routes(), app)
}

/// `/stats`, `/principals`: what was used, by whom.
pub fn stats_router(app: &App) -> Router {
    finished(stats_routes(), app)
}

/// `/score`, `/validate`, `/diff`, `/simulate`: what a policy allows, and how good that is; `/settings`.
pub fn score_router(app: &App) -> Router {
    finished(score_routes(), app)
}

/// All of them.
pub fn router(app: &App) -> Router {
    finished(all_routes(), app)
}

/// The description of all routes, as OpenAPI 3.1.
#[must_use]
pub fn openapi() -> utoipa::openapi::OpenApi {
    let mut description =
        OpenApiRouter::with_openapi(Description::openapi()).merge(all_routes()).merge(open_routes()).into_openapi();
    env!("CARGO_PKG_VERSION").clone_into(&mut description.info.version);
    problems::describe(&mut description);
    description
}

fn generate_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(generate::generate))
}

fn stats_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(stats::stats))
        .routes(routes!(principals::list))
        // An ARN has slashes, which API Gateway decodes on their way: it takes the rest of the path.
        .route("/principals/{*arn}", get(principals::one))
}

fn score_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(policies::score))
        .routes(routes!(policies::validate))
        .routes(routes!(policies::diff))
        .routes(routes!(policies::simulate))
        .routes(routes!(settings::read, settings::write))
}

fn all_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().merge(generate_routes()).merge(stats_routes()).merge(score_routes())
}

/// Routes that answer whoever asks.
fn open_routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(health::health)).routes(routes!(sign_in::sign_in))
}

fn finished(routes: OpenApiRouter<App>, app: &App) -> Router {
    let (routes, _) = routes.merge(open_routes()).split_for_parts();
    let missing =
        || async { Problem::new(StatusCode::NOT_FOUND, "there is no such route").hint("GET /health answers") };
    let wrong = || async { Problem::new(StatusCode::METHOD_NOT_ALLOWED, "the route has no such method") };
    let routes = routes.method_not_allowed_fallback(wrong);
    Router::new()
        .merge(routes.clone())
        .nest("/api", routes)
        .fallback(missing)
        .layer(axum::middleware::map_response(guarded))
        .with_state(app.clone())
}

/// Answers are for the one who asked, and are data.
async fn guarded(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}
