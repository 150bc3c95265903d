import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { claimsOf } from "./claims";
import { beginSignIn, challengeOf, endSession, finishSignIn, renewSession } from "./oidc";
import type { OidcSettings } from "./settings";

const SETTINGS: OidcSettings = {
  kind: "oidc",
  issuer: "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_example",
  authorize: "https://sign-in.example.com/oauth2/authorize",
  token: "https://sign-in.example.com/oauth2/token",
  end_session: "https://sign-in.example.com/logout",
  client_id: "portal",
  scope: "openid profile",
};
const EXPIRES = 1_900_000_000;

beforeEach(() => sessionStorage.clear());
afterEach(() => vi.unstubAllGlobals());

function idToken(claims: Record<string, unknown>): string {
  const bytes = new TextEncoder().encode(JSON.stringify({ iss: SETTINGS.issuer, aud: "portal", sub: "ana", exp: EXPIRES, ...claims }));
  const payload = btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  return `header.${payload}.signature`;
}

function answers(body: unknown, status = 200) {
  const scripted = vi.fn<typeof fetch>(async () => new Response(JSON.stringify(body), { status }));
  vi.stubGlobal("fetch", scripted);
  return scripted;
}

async function begun(page = "/usage?start=2026-03-02"): Promise<URLSearchParams> {
  return new URL(await beginSignIn(SETTINGS, page)).searchParams;
}

test("the challenge is the one of RFC 7636, appendix B", async () => {
  expect(await challengeOf("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")).toBe("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
});

test("a sign-in asks for a code with PKCE, state and nonce", async () => {
  const query = await begun();
  expect(query.get("response_type")).toBe("code");
  expect(query.get("code_challenge_method")).toBe("S256");
  expect(query.get("redirect_uri")).toBe(`${window.location.origin}/signed-in`);
  const second = await begun();
  for (const secret of ["state", "nonce", "code_challenge"]) {
    expect(query.get(secret)).toMatch(/^[\w-]{43}$/);
    expect(second.get(secret)).not.toBe(query.get(secret));
  }
});

test("the code becomes a session, and one returns to the page one came from", async () => {
  const query = await begun();
  const token = idToken({ nonce: query.get("nonce"), email: "ána@example.com", "cognito:groups": ["approvers"] });
  const fetched = answers({ id_token: token, refresh_token: "again" });
  const { session, page } = await finishSignIn(SETTINGS, new URLSearchParams({ code: "code", state: query.get("state") ?? "" }));
  expect(page).toBe("/usage?start=2026-03-02");
  expect(session).toEqual({ bearer: token, name: "ána@example.com", groups: ["approvers"], expires: EXPIRES * 1000, refresh: "again" });
  const sent = new URLSearchParams(String(fetched.mock.calls[0]?.[1]?.body));
  expect(await challengeOf(sent.get("code_verifier") ?? "")).toBe(query.get("code_challenge"));
});

test("an answer to another sign-in is refused, and nothing is asked", async () => {
  await begun();
  const fetched = answers({});
  await expect(finishSignIn(SETTINGS, new URLSearchParams({ code: "code", state: "forged" }))).rejects.toThrow("state");
  expect(fetched).not.toHaveBeenCalled();
});

test("an answer is taken once", async () => {
  const query = await begun();
  answers({ id_token: idToken({ nonce: query.get("nonce") }) });
  const returned = new URLSearchParams({ code: "code", state: query.get("state") ?? "" });
  await finishSignIn(SETTINGS, returned);
  await expect(finishSignIn(SETTINGS, returned)).rejects.toThrow("state");
});

test.each([
  ["nonce", { nonce: "of another" }],
  ["aud", { aud: "another" }],
  ["aud", { aud: ["portal", "another"] }],
  ["iss", { iss: "https://another.example.com" }],
  ["exp", { exp: 1_000_000_000 }],
  ["exp", { exp: undefined }],
])("a token with another %s is refused", async (claim, claims) => {
  const query = await begun();
  answers({ id_token: idToken({ nonce: query.get("nonce"), ...claims }) });
  const returned = new URLSearchParams({ code: "code", state: query.get("state") ?? "" });
  await expect(finishSignIn(SETTINGS, returned)).rejects.toThrow(claim);
});

test("a token for several is taken where it was issued to this portal", async () => {
  const query = await begun();
  answers({ id_token: idToken({ nonce: query.get("nonce"), aud: ["portal", "another"], azp: "portal" }) });
  const returned = new URLSearchParams({ code: "code", state: query.get("state") ?? "" });
  expect((await finishSignIn(SETTINGS, returned)).page).toBe("/usage?start=2026-03-02");
});

test("what the provider says against it is told", async () => {
  const query = await begun();
  const returned = new URLSearchParams({ error: "access_denied", error_description: "not you", state: query.get("state") ?? "" });
  await expect(finishSignIn(SETTINGS, returned)).rejects.toThrow("not you");
  answers({ error: "invalid_grant" }, 400);
  const again = await begun();
  const withCode = new URLSearchParams({ code: "used", state: again.get("state") ?? "" });
  await expect(finishSignIn(SETTINGS, withCode)).rejects.toThrow("invalid_grant");
});

test("a renewal keeps the refresh token where no new one comes", async () => {
  const before = { bearer: idToken({}), name: undefined, groups: [], expires: 0, refresh: "again" };
  answers({ id_token: idToken({}) });
  expect((await renewSession(SETTINGS, before)).refresh).toBe("again");
  answers({ id_token: idToken({}), refresh_token: "rotated" });
  expect((await renewSession(SETTINGS, before)).refresh).toBe("rotated");
});

test("a renewal makes nobody else of somebody", async () => {
  const before = { bearer: idToken({}), name: undefined, groups: [], expires: 0, refresh: "again" };
  answers({ id_token: idToken({ sub: "another" }) });
  await expect(renewSession(SETTINGS, before)).rejects.toThrow("sub");
});

test("signing out of Cognito comes back to the portal", async () => {
  const query = new URL((await endSession(SETTINGS, undefined)) ?? "").searchParams;
  expect([...query.keys()]).toEqual(["client_id", "logout_uri"]);
  expect(query.get("client_id")).toBe("portal");
  expect(query.get("logout_uri")).toBe(`${window.location.origin}/`);
});

test("signing out of another provider tells it who, as the standard says", async () => {
  const session = { bearer: idToken({}), name: undefined, groups: [], expires: undefined, refresh: undefined };
  const elsewhere = { ...SETTINGS, issuer: "https://sign-in.example.com" };
  const query = new URL((await endSession(elsewhere, session)) ?? "").searchParams;
  expect(query.get("id_token_hint")).toBe(session.bearer);
  expect(query.get("post_logout_redirect_uri")).toBe(`${window.location.origin}/`);
  expect(query.has("logout_uri")).toBe(false);
});

test("a provider without a way to sign out is not asked to", async () => {
  expect(await endSession({ ...SETTINGS, end_session: undefined }, undefined)).toBeUndefined();
});

test("claims are UTF-8", () => {
  expect(claimsOf(idToken({ email: "josé@example.com" })).email).toBe("josé@example.com");
});
