import { afterEach, expect, test, vi } from "vitest";
import { endpointsOf } from "./discovery";
import type { OidcSettings } from "./settings";

afterEach(() => vi.unstubAllGlobals());

// What was found is kept, so each test has an issuer of its own.
let issuers = 0;
function provider(document: Record<string, unknown>, status = 200): { settings: OidcSettings; fetched: ReturnType<typeof vi.fn> } {
  const issuer = `https://sign-in-${issuers++}.example.com`;
  const found = {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    end_session_endpoint: `${issuer}/logout`,
    ...document,
  };
  const fetched = vi.fn(async () => new Response(JSON.stringify(found), { status }));
  vi.stubGlobal("fetch", fetched);
  return { settings: { kind: "oidc", issuer, client_id: "portal", scope: "openid" }, fetched };
}

test("what the API leaves out stands in the issuer's document, which is asked for once", async () => {
  const { settings, fetched } = provider({});
  const { issuer } = settings;
  const [found] = await Promise.all([endpointsOf(settings), endpointsOf(settings)]);
  expect(found).toEqual({ authorize: `${issuer}/authorize`, token: `${issuer}/token`, endSession: `${issuer}/logout` });
  expect(fetched).toHaveBeenCalledTimes(1);
  expect(fetched).toHaveBeenCalledWith(`${issuer}/.well-known/openid-configuration`, { credentials: "omit" });
});

test("what the API says is not looked up, and goes before what is", async () => {
  const { settings, fetched } = provider({});
  const said = { authorize: "https://a.example.com/", token: "https://b.example.com/" };
  expect(await endpointsOf({ ...settings, ...said })).toEqual({ ...said, endSession: undefined });
  expect(fetched).not.toHaveBeenCalled();
  expect((await endpointsOf({ ...settings, authorize: said.authorize })).authorize).toBe(said.authorize);
});

test.each([
  ["issuer", { issuer: "https://another.example.com" }],
  ["token_endpoint", { token_endpoint: "http://sign-in.example.com/token" }],
  ["authorization_endpoint", { authorization_endpoint: undefined }],
  ["end_session_endpoint", { end_session_endpoint: "javascript:alert(1)" }],
])("a document with a wrong %s is refused", async (name, document) => {
  await expect(endpointsOf(provider(document).settings)).rejects.toThrow(name);
});

test("what failed is asked again", async () => {
  const { settings } = provider({}, 503);
  await expect(endpointsOf(settings)).rejects.toThrow("openid-configuration");
  vi.stubGlobal("fetch", async () => new Response(JSON.stringify({ issuer: settings.issuer, authorization_endpoint: "https://a.example.com", token_endpoint: "https://b.example.com" })));
  expect(await endpointsOf(settings)).toMatchObject({ endSession: undefined });
});
