// OpenID Connect Discovery 1.0, and RP-Initiated Logout 1.0 for `end_session_endpoint`.
import type { OidcSettings } from "./settings";
import { SignInFailed } from "./failed";

/** Where a provider is asked for what. */
export interface Endpoints {
  authorize: string;
  token: string;
  /** Undefined where the provider has no way to end its own session. */
  endSession: string | undefined;
}

const asked = new Map<string, Promise<Record<string, unknown>>>();

/** As the API says; what it leaves out stands in the issuer's discovery document, which is asked for once. */
export async function endpointsOf(settings: OidcSettings): Promise<Endpoints> {
  const { issuer, authorize, token, end_session: endSession } = settings;
  if (authorize && token) return { authorize, token, endSession: endSession ?? undefined };
  const found = await discovered(issuer);
  return {
    authorize: authorize ?? endpoint(found, "authorization_endpoint"),
    token: token ?? endpoint(found, "token_endpoint"),
    endSession: endSession ?? (found.end_session_endpoint === undefined ? undefined : endpoint(found, "end_session_endpoint")),
  };
}

/** Whether a text is an https address, without which codes and tokens would travel in the open. */
export function isHttps(value: unknown): value is string {
  return typeof value === "string" && URL.canParse(value) && new URL(value).protocol === "https:";
}

function discovered(issuer: string): Promise<Record<string, unknown>> {
  let answer = asked.get(issuer);
  if (!answer) {
    answer = discover(issuer);
    asked.set(issuer, answer);
    // What failed is asked again.
    answer.catch(() => asked.delete(issuer));
  }
  return answer;
}

async function discover(issuer: string): Promise<Record<string, unknown>> {
  const response = await fetch(`${issuer.replace(/\/$/u, "")}/.well-known/openid-configuration`, { credentials: "omit" });
  const found = (await response.json().catch(() => undefined)) as Record<string, unknown> | null | undefined;
  if (!response.ok || !found) throw new SignInFailed("openid-configuration");
  // Somebody else's document would send codes and tokens to somebody else.
  if (found.issuer !== issuer) throw new SignInFailed("issuer");
  return found;
}

function endpoint(found: Record<string, unknown>, name: string): string {
  const address = found[name];
  if (!isHttps(address)) throw new SignInFailed(name);
  return address;
}
