import { expect, test } from "vitest";
import type { Schemas } from "../../../api/client";
import { begin, settle, turnOf } from "./conversation";

const PROPOSAL = { Version: "2012-10-17", Statement: [] };

function answer(advice: Partial<Schemas["Advice"]> | null): Schemas["ScoreAnswer"] {
  const whole = advice && { model: "scripted", explanation: null, cited: [], notes: [], kept: false, usage: { input_tokens: 1, output_tokens: 1 }, ...advice };
  return { type: "identity", graded_by: "rules", advice: whole, findings: [], more_findings: 0, suppressed: [], escalations: [], compliance: [] };
}

test("a proposal that is there was verified", () => {
  const turn = turnOf("make it read only", answer({ proposal: PROPOSAL, explanation: "Writes are gone.", refuses: { action: "s3:PutObject" } }));
  expect(turn).toEqual({ question: "make it read only", state: "verified", proposal: PROPOSAL, explanation: "Writes are gone.", refuses: { action: "s3:PutObject" }, notes: [] });
});

test("one that is not was dropped, with its reasons", () => {
  const notes = ["the model's proposal was dropped: it allows s3:* on *, which the original does not"];
  expect(turnOf("all of S3", answer({ notes }))).toEqual({ question: "all of S3", state: "dropped", explanation: undefined, notes });
});

test("an answer without advice means that there is no model", () => {
  expect(turnOf("no deletes", answer(null))).toEqual({ question: "no deletes", state: "no-model" });
});

test("only the question that waits is settled, and a second one cancels the first", () => {
  const first = begin([], "one");
  const second = begin(first, "two");
  expect(second).toEqual([
    { question: "one", state: "cancelled" },
    { question: "two", state: "asking" },
  ]);
  const settled = settle(second, (question) => turnOf(question, answer({ proposal: PROPOSAL })));
  expect(settled.map(({ state }) => state)).toEqual(["cancelled", "verified"]);
  expect(settle(settled, (question) => ({ question, state: "failed", error: undefined }))).toEqual(settled);
});
