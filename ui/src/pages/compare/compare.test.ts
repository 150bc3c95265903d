import { expect, test, vi } from "vitest";
import type { ApiProblem } from "../../api/problem";
import { compare as words } from "../../text/en/compare";
import { PolicyProblem, compare } from "./compare";

const ONE = '{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}';
const TWICE = '{"Statement": [],\n "Statement": []}';
const ASKED = { type: "auto", serviceAware: false };
const SIGNAL = new AbortController().signal;

function answers(body: unknown, status = 200) {
  const scripted = vi.fn(async (request: Request) => {
    const asked: unknown = await request.clone().json();
    return { asked, response: new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json" } }) };
  });
  vi.stubGlobal("fetch", async (request: Request) => (await scripted(request)).response);
  return scripted;
}

async function problemOf(old: string, next: string): Promise<unknown> {
  return compare({ old, new: next, ...ASKED }, words, SIGNAL).then(
    () => undefined,
    (error: unknown) => error,
  );
}

test("texts are sent as they stand", async () => {
  const scripted = answers({ verdict: "no-new-access", reason: "", added: [], removed: [] });
  const odd = ONE.replace('"s3:*"', '"s3:\\u002a"').replace("{", "{ \n");
  await compare({ old: ONE, new: odd, ...ASKED }, words, SIGNAL);
  const { asked } = (await scripted.mock.results[0]?.value) as { asked: unknown };
  expect(asked).toMatchObject({ old: ONE, new: odd, type: "identity" });
});

test("a key that stands twice is refused at its policy, and nothing is asked", async () => {
  const scripted = answers({});
  const problem = await problemOf(ONE, TWICE);
  expect(problem).toBeInstanceOf(PolicyProblem);
  expect(problem).toMatchObject({ side: "new", place: { line: 2, column: 2 }, status: 400 });
  expect((problem as PolicyProblem).detail).toContain("Statement stands twice in one object: the second time in line 2, column 2");
  expect(await problemOf(TWICE, ONE)).toMatchObject({ side: "old" });
  expect(scripted).not.toHaveBeenCalled();
});

test("what is no JSON is told at its policy", async () => {
  expect(await problemOf("{", ONE)).toMatchObject({ side: "old", detail: "The old policy is no JSON." });
});

test.each([
  ["`new`: `Statement` stands twice in one object (line 3, column 4)", "new", { line: 3, column: 4 }],
  ["the old policy is no JSON: key must be a string at line 1 column 2", "old", { line: 1, column: 2 }],
])("the API's refusal %j stands at the policy that it names", async (detail, side, place) => {
  answers({ status: 400, title: "Bad Request", detail, hint: "keep one" }, 400);
  expect(await problemOf(ONE, ONE)).toMatchObject({ side, place, detail, hint: "keep one" });
});

test("a refusal that names neither is of both", async () => {
  answers({ status: 400, title: "Bad Request", detail: "`type`: no such type" }, 400);
  const problem = (await problemOf(ONE, ONE)) as ApiProblem;
  expect(problem).not.toBeInstanceOf(PolicyProblem);
  expect(problem.detail).toBe("`type`: no such type");
});
