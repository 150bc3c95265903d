import { expect, test } from "vitest";
import { compare as texts } from "../../text/es/compare";
import { explainDoubt } from "./reason";

test.each([
  ["it depends on what aws:username, aws:PrincipalTag/team stands for", "aws:username, aws:PrincipalTag/team"],
  ["conditions on `aws:sourcevpc` compare it with values of several kinds", "aws:sourcevpc"],
  ["only AWS knows who `AIDAEXAMPLE` is", "AIDAEXAMPLE"],
  ["it depends on which account `<ACCOUNT ID>` stands for", "<ACCOUNT ID>"],
  ["the policies are too intricate to compare in the steps allowed", "demasiado complejas"],
  ["the request that was found is not confirmed by the evaluator", "no la confirma"],
])("%s is said in the reader's language", (reason, part) => {
  const { detail, hint } = explainDoubt(reason, texts.doubts);
  expect(detail).toContain(part);
  expect(detail).not.toContain(reason);
  expect(hint).not.toBe("");
});

test("a doubt that is not known stands as it came", () => {
  expect(explainDoubt("of another kind", texts.doubts)).toEqual({ detail: "of another kind", hint: texts.doubts.otherHint });
});
