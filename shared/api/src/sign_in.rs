use crate::App;
use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How the API's callers sign in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "lowercase", deny_unknown_fields)]
pub enum SignIn {
    /// They do not have to.
    #[default]
    None,
    /// With a token that was agreed on: `Authorization: Bearer TOKEN`.
    Token,
    /// With OpenID Connect, by authorization code and PKCE; the identity token is the bearer token.
    Oidc(Oidc),
}

/// An OpenID Connect provider. Addresses that are left out stand in the issuer's discovery document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Oidc {
    /// The issuer, an https URL.
    pub issuer: String,
    /// The public client.
    pub client_id: String,
    /// Scopes to ask for, parted by spaces.
    pub scope: String,
    /// Where a browser is sent to sign in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authorize: Option<String>,
    /// Where a code becomes tokens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
    /// Where a browser is sent to sign out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end_session: Option<String>,
}

/// Answers everybody: it is what somebody asks who is not signed in.
#[utoipa::path(get, path = "/sign-in", tag = "health", responses((status = 200, body = SignIn)))]
pub(crate) async fn sign_in(State(app): State<App>) -> Json<SignIn> {
    Json(app.sign_in().clone())
}
