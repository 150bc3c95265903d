// OpenID Connect Core 1.0, sections 2 and 3.1.3.7.
import { SignInFailed } from "./failed";
import type { OidcSettings } from "./settings";

export type Claims = Record<string, unknown>;

/** How far the clocks of the provider and of this machine may be apart. */
const SKEW_MILLISECONDS = 60_000;

/** The claims of an id token. It came from the provider itself over TLS, so its signature is the API's to check. */
export function claimsOf(token: string): Claims {
  const payload = token.split(".")[1] ?? "";
  const bytes = Uint8Array.from(atob(payload.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(bytes)) as Claims;
}

/** The claims of a token that this provider made for this portal, for this sign-in, and that holds; else names what does not fit. */
export function checkedClaims(token: string, settings: OidcSettings, nonce: string | undefined): Claims {
  const claims = readable(token);
  if (claims.iss !== settings.issuer) throw new SignInFailed("iss");
  if (!isFor(claims, settings.client_id)) throw new SignInFailed("aud");
  if (nonce !== undefined && claims.nonce !== nonce) throw new SignInFailed("nonce");
  if (typeof claims.exp !== "number" || claims.exp * 1000 <= Date.now() - SKEW_MILLISECONDS) throw new SignInFailed("exp");
  return claims;
}

function readable(token: string): Claims {
  try {
    return claimsOf(token);
  } catch {
    throw new SignInFailed("id_token");
  }
}

function isFor(claims: Claims, client: string): boolean {
  if (!Array.isArray(claims.aud)) return claims.aud === client;
  // With several audiences, `azp` says whom it was issued to.
  return claims.aud.includes(client) && (claims.aud.length === 1 || claims.azp === client);
}
