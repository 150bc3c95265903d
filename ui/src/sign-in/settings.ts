import { ApiProblem, NetworkFailure } from "../api/problem";
import { isHttps } from "./discovery";

export interface OidcSettings {
  kind: "oidc";
  /** Whose tokens are taken: an https address, as their `iss` claim says it. */
  issuer: string;
  client_id: string;
  scope: string;
  /** Where these are left out, the issuer's discovery document has them. */
  authorize?: string;
  token?: string;
  end_session?: string;
}

/** How this API wants people to sign in. */
export type SignInSettings = { kind: "none" } | { kind: "token" } | OidcSettings;

/** Asks the API. One that has no such route asks for no sign-in. */
export async function loadSettings(): Promise<SignInSettings> {
  let response: Response;
  try {
    response = await fetch("/api/sign-in", { headers: { Accept: "application/json" } });
  } catch (error) {
    throw new NetworkFailure("", { cause: error });
  }
  if (response.status === 404) return { kind: "none" };
  if (!response.ok) {
    throw new ApiProblem({ status: response.status, title: response.statusText, detail: "" });
  }
  return checked(await response.json().catch(() => undefined));
}

function checked(body: unknown): SignInSettings {
  const settings = (body ?? {}) as Record<string, unknown>;
  if (settings.kind === "none" || settings.kind === "token") return { kind: settings.kind };
  if (settings.kind === "oidc" && isOidc(settings)) return settings;
  throw new ApiProblem({ status: 502, title: "Bad Gateway", detail: "`/api/sign-in` answers something else than ways to sign in" });
}

function isOidc(settings: Record<string, unknown>): settings is Record<string, unknown> & OidcSettings {
  const { issuer, client_id: client, scope } = settings;
  const endpoints = [settings.authorize, settings.token, settings.end_session];
  return (
    isHttps(issuer) &&
    typeof client === "string" &&
    typeof scope === "string" &&
    endpoints.every((address) => address === undefined || isHttps(address))
  );
}
