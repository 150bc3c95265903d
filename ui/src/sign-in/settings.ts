import { ApiProblem, NetworkFailure } from "../api/problem";

export interface OidcSettings {
  kind: "oidc";
  authorize: string;
  token: string;
  end_session: string;
  client_id: string;
  scope: string;
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
  const needed = ["authorize", "token", "end_session", "client_id", "scope"];
  if (settings.kind === "oidc" && needed.every((field) => typeof settings[field] === "string")) {
    return settings as unknown as OidcSettings;
  }
  throw new ApiProblem({ status: 502, title: "Bad Gateway", detail: "`/api/sign-in` answers something else than ways to sign in" });
}
