import { expect, test, vi } from "vitest";
import { toJson } from "../policy/document";
import { parseExact } from "../policy/exact";
import { setSession } from "../sign-in/session";
import { answer, api, asPolicy } from "./client";
import { ApiProblem, NetworkFailure, isAbort } from "./problem";

const JSON_TYPE = { "Content-Type": "application/json" };

function answers(respond: (request: Request) => Response | Promise<Response>) {
  const scripted = vi.fn(async (request: Request) => respond(request));
  vi.stubGlobal("fetch", scripted);
  return scripted;
}

async function failureOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => undefined,
    (error: unknown) => error,
  );
}

test("a call goes to /api with the token of who is signed in", async () => {
  setSession({ bearer: "token", name: undefined, groups: [], expires: undefined, refresh: undefined });
  const fetched = answers(() => new Response('{"principals":[]}', { headers: JSON_TYPE }));
  await answer(api.GET("/principals/{arn}", { params: { path: { arn: "arn:aws:iam::111122223333:role/a/b" } } }));
  const request = fetched.mock.calls[0]?.[0];
  expect(new URL(request?.url ?? "").pathname).toBe("/api/principals/arn%3Aaws%3Aiam%3A%3A111122223333%3Arole%2Fa%2Fb");
  expect(request?.headers.get("Authorization")).toBe("Bearer token");
  setSession(undefined);
});

test.each([".", "..", ""])("what would change the path, %j, is not asked for", async (arn) => {
  const fetched = answers(() => new Response("{}", { headers: JSON_TYPE }));
  expect(await failureOf(answer(api.GET("/principals/{arn}", { params: { path: { arn } } })))).toBeInstanceOf(ApiProblem);
  expect(fetched).not.toHaveBeenCalled();
});

test("problem+json becomes an ApiProblem with its hint", async () => {
  const problem = { status: 400, title: "Bad Request", detail: "`start` is no day", hint: "write 2026-03-02" };
  answers(() => new Response(JSON.stringify(problem), { status: 400, headers: { "Content-Type": "application/problem+json" } }));
  const failure = await failureOf(answer(api.GET("/stats")));
  expect(failure).toBeInstanceOf(ApiProblem);
  expect(failure).toMatchObject(problem);
});

test("a proxy's page is an ApiProblem, too", async () => {
  answers(() => new Response("<h1>Bad Gateway</h1>", { status: 502, statusText: "Bad Gateway" }));
  expect(await failureOf(answer(api.GET("/stats")))).toMatchObject({ status: 502, title: "Bad Gateway" });
});

test("a page where an answer should be is no answer", async () => {
  answers(() => new Response("<html></html>", { headers: { "Content-Type": "text/html" } }));
  expect(await failureOf(answer(api.GET("/stats")))).toMatchObject({ status: 502 });
});

test("numbers of a policy come and go as they are written, and others are numbers", async () => {
  const policy = '{"Statement":[{"Condition":{"NumericEquals":{"s3:max-keys":[9007199254740993,1.0]}}}]}';
  const fetched = answers(() => new Response(`{"score":5.0,"drivers":[{"exposure":1.0}],"better":{"policy":${policy},"score":9.0}}`, { headers: JSON_TYPE }));
  const scored = await answer(api.POST("/score", { body: { policy: asPolicy("{}") } }));
  expect(scored).toMatchObject({ score: 5, drivers: [{ exposure: 1 }], better: { score: 9 } });
  expect(toJson(scored.better?.policy)).toBe(toJson(parseExact(policy)));
  expect(toJson(scored.better?.policy)).toContain("9007199254740993,");

  await answer(api.POST("/score", { body: { policy: asPolicy("{}"), previous: scored.better?.policy } }));
  expect(await fetched.mock.calls[1]?.[0].text()).toBe(`{"policy":"{}","previous":${policy}}`);
});

test("no connection is a kind of its own", async () => {
  answers(() => Promise.reject(new TypeError("Failed to fetch")));
  expect(await failureOf(answer(api.GET("/stats")))).toBeInstanceOf(NetworkFailure);
});

test("a call that nobody waits for is an abort, not a failure", async () => {
  const controller = new AbortController();
  vi.stubGlobal("fetch", (_: Request, { signal }: RequestInit) => {
    return new Promise((_resolve, reject) => {
      const abort = () => reject(signal?.reason as Error);
      if (signal?.aborted) abort();
      else signal?.addEventListener("abort", abort);
    });
  });
  const call = failureOf(answer(api.GET("/stats", { signal: controller.signal })));
  controller.abort();
  expect(isAbort(await call)).toBe(true);
});
