import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import type { Schemas } from "../../../api/client";
import { TextsProvider, loadLanguage } from "../../../text/context";
import { GateResult } from "./gate";

afterEach(cleanup);

const BETTER: Schemas["Better"] = { policy: {}, effect: "narrower", applied: [], left: [], apply: [], roll_back: [], score: 9, risk: 2 };
const ANSWER: Schemas["ScoreAnswer"] = { type: "identity", graded_by: "rules", findings: [], more_findings: 0, escalations: [], compliance: [] };

async function said(changed: Partial<Schemas["ScoreAnswer"]>): Promise<string> {
  const first = await loadLanguage("en");
  render(
    <TextsProvider first={first}>
      <GateResult answer={{ ...ANSWER, ...changed }} minimum={8} />
    </TextsProvider>,
  );
  return screen.getByRole("group").textContent ?? "";
}

test("what is accepted says by which score", async () => {
  expect(await said({ accepted: true, score: 9 })).toContain("The score is 9, and at least 8 was asked for.");
});

test("what is refused says whether the better version would do", async () => {
  expect(await said({ accepted: false, score: 4, better: BETTER })).toContain("The better version scores 9");
});

test("without one it says what weighs most", async () => {
  const drivers = [{ capability: "escalation", service: "iam", risk: 90, exposure: 1, actions: 1, examples: ["iam:PassRole"] }];
  expect(await said({ accepted: false, score: 1, better: { ...BETTER, score: 2 }, drivers })).toContain("Gives more access: iam:PassRole");
});

test("a score that reaches what was asked for and is refused is so by the settings", async () => {
  expect(await said({ accepted: false, score: 8, better: BETTER })).toContain("The settings ask every gate for more");
});

test("what cannot be read is never accepted", async () => {
  expect(await said({ accepted: false, score: null })).toContain("never accepted");
});
