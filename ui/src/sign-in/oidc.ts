// Authorization code with PKCE: RFC 7636, OpenID Connect Core 1.0 section 3.1, RFC 8252 for what a public client may keep.
import { type Claims, checkedClaims, claimsOf } from "./claims";
import { endpointsOf } from "./discovery";
import { SignInFailed } from "./failed";
import type { Session } from "./session";
import type { OidcSettings } from "./settings";
import { SIGN_IN_KEYS, readJson, writeJson } from "./storage";

const COGNITO = /^cognito-idp\.[a-z0-9-]+\.amazonaws\.com(\.cn)?$/u;

interface Pending {
  state: string;
  nonce: string;
  verifier: string;
  /** The page to return to: a path of this portal. */
  page: string;
}

interface TokenAnswer {
  id_token?: string;
  refresh_token?: string;
}

/** Where to send the browser so that somebody signs in and returns to `page`. */
export async function beginSignIn(settings: OidcSettings, page: string): Promise<string> {
  const { authorize } = await endpointsOf(settings);
  const pending: Pending = { state: randomText(), nonce: randomText(), verifier: randomText(), page };
  writeJson(SIGN_IN_KEYS.pending, pending);
  return withQuery(authorize, {
    response_type: "code",
    client_id: settings.client_id,
    redirect_uri: redirectUri(),
    scope: settings.scope,
    state: pending.state,
    nonce: pending.nonce,
    code_challenge: await challengeOf(pending.verifier),
    code_challenge_method: "S256",
  });
}

/** Takes what the provider sent back in the address; the session, and the page one came from. */
export async function finishSignIn(settings: OidcSettings, query: URLSearchParams): Promise<{ session: Session; page: string }> {
  const pending = readJson<Pending>(SIGN_IN_KEYS.pending);
  // Whatever comes of it, an answer is taken once.
  writeJson(SIGN_IN_KEYS.pending, undefined);
  if (!pending || query.get("state") !== pending.state) throw new SignInFailed("state");
  const refusal = query.get("error");
  if (refusal) throw new SignInFailed(query.get("error_description") ?? refusal);
  const code = query.get("code");
  if (!code) throw new SignInFailed("code");
  const answer = await askForTokens(settings, {
    grant_type: "authorization_code",
    code,
    redirect_uri: redirectUri(),
    code_verifier: pending.verifier,
  });
  const session = sessionOf(answer, settings, pending.nonce);
  return { session, page: pending.page };
}

/** A session that lasts longer. Cognito sends no new refresh token unless it rotates them. */
export async function renewSession(settings: OidcSettings, session: Session): Promise<Session> {
  const answer = await askForTokens(settings, { grant_type: "refresh_token", refresh_token: session.refresh ?? "" });
  const next = sessionOf({ refresh_token: session.refresh, ...answer }, settings, undefined);
  // A renewal never makes somebody else of whom it renews.
  if (claimsOf(next.bearer).sub !== claimsOf(session.bearer).sub) throw new SignInFailed("sub");
  return next;
}

/** Where to send the browser to end the provider's own session, too, if it can be ended. */
export async function endSession(settings: OidcSettings, session: Session | undefined): Promise<string | undefined> {
  const { endSession: address } = await endpointsOf(settings);
  if (!address) return undefined;
  const home = `${window.location.origin}/`;
  // Cognito's `/logout` is older than the standard and knows its own names only.
  if (COGNITO.test(new URL(settings.issuer).hostname)) {
    return withQuery(address, { client_id: settings.client_id, logout_uri: home });
  }
  const hint: Record<string, string> = session ? { id_token_hint: session.bearer } : {};
  return withQuery(address, { ...hint, client_id: settings.client_id, post_logout_redirect_uri: home });
}

export async function challengeOf(verifier: string): Promise<string> {
  return base64Url(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier))));
}

async function askForTokens(settings: OidcSettings, fields: Record<string, string>): Promise<TokenAnswer> {
  const { token } = await endpointsOf(settings);
  const response = await fetch(token, {
    method: "POST",
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ client_id: settings.client_id, ...fields }).toString(),
    credentials: "omit",
  });
  const body = (await response.json().catch(() => ({}))) as Record<string, unknown>;
  if (!response.ok) throw new SignInFailed(String(body.error_description ?? body.error ?? response.status));
  return body as TokenAnswer;
}

function sessionOf(answer: TokenAnswer, settings: OidcSettings, nonce: string | undefined): Session {
  if (!answer.id_token) throw new SignInFailed("id_token");
  const claims: Claims = checkedClaims(answer.id_token, settings, nonce);
  const name = [claims.email, claims["cognito:username"], claims.preferred_username, claims.sub].find((claim) => typeof claim === "string");
  const groups = claims["cognito:groups"];
  return {
    bearer: answer.id_token,
    name: name as string | undefined,
    groups: Array.isArray(groups) ? groups.filter((group): group is string => typeof group === "string") : [],
    expires: typeof claims.exp === "number" ? claims.exp * 1000 : undefined,
    refresh: answer.refresh_token,
  };
}

function redirectUri(): string {
  return `${window.location.origin}/signed-in`;
}

function withQuery(address: string, query: Record<string, string>): string {
  const url = new URL(address);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url.href;
}

function randomText(): string {
  return base64Url(crypto.getRandomValues(new Uint8Array(32)));
}

function base64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
