import { expect, test, vi } from "vitest";
import { loadSettings } from "./settings";

function answers(status: number, body: string) {
  vi.stubGlobal("fetch", async () => new Response(body, { status }));
}

test("an API without the route asks for no sign-in", async () => {
  answers(404, "{}");
  expect(await loadSettings()).toEqual({ kind: "none" });
});

test("a token is asked for where the API says so", async () => {
  answers(200, '{"kind":"token"}');
  expect(await loadSettings()).toEqual({ kind: "token" });
});

test("a provider is taken with or without its addresses", async () => {
  const provider = { kind: "oidc", issuer: "https://sign-in.example.com", client_id: "portal", scope: "openid email" };
  answers(200, JSON.stringify(provider));
  expect(await loadSettings()).toEqual(provider);
  answers(200, JSON.stringify({ ...provider, authorize: null }));
  expect(await loadSettings()).toMatchObject(provider);
  answers(200, JSON.stringify({ ...provider, token: "https://sign-in.example.com/token" }));
  expect(await loadSettings()).toMatchObject({ token: "https://sign-in.example.com/token" });
});

test.each([
  '{"kind":"oidc","authorize":"https://sign-in.example.com"}',
  '{"kind":"oidc","issuer":"http://sign-in.example.com","client_id":"portal","scope":"openid"}',
  '{"kind":"oidc","issuer":"https://sign-in.example.com","client_id":"portal","scope":"openid","token":"http://sign-in.example.com"}',
  "<html></html>",
  "null",
])(
  "%s is an error, and never 'no sign-in'",
  async (body) => {
    answers(200, body);
    await expect(loadSettings()).rejects.toThrow("sign in");
  },
);

test("an API that fails is no API without the route", async () => {
  answers(503, "{}");
  await expect(loadSettings()).rejects.toMatchObject({ status: 503 });
});
