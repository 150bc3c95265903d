import { ApiProblem, NetworkFailure } from "../api/problem";
import type { Schemas } from "../api/client";
import { isHttps } from "./discovery";

/** How this API wants people to sign in. */
export type SignInSettings = Schemas["SignIn"];
/** Addresses that are left out stand in the issuer's discovery document. */
export type OidcSettings = Extract<SignInSettings, { kind: "oidc" }>;

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
    endpoints.every((address) => address === undefined || address === null || isHttps(address))
  );
}
