import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import type { Schemas } from "../../../api/client";
import { TextsProvider, loadLanguage } from "../../../text/context";
import { GateResult } from "./gate";

afterEach(cleanup);

const BETTER: Schemas["Better"] = { policy: {}, effect: "narrower", applied: [], left: [], apply: [], roll_back: [], score: 9, risk: 2 };
const ANSWER: Schemas["ScoreAnswer"] = { type: "identity", graded_by: "rules", findings: [], more_findings: 0, suppressed: [], escalations: [], compliance: [] };

async function said(changed: Partial<Schemas["ScoreAnswer"]>, least: number | null = null): Promise<string> {
  const settings: Schemas["SettingsAnswer"] = { settings: { minimum: least }, version: 1 };
  vi.stubGlobal("fetch", async () => new Response(JSON.stringify(settings), { headers: { "Content-Type": "application/json" } }));
  const first = await loadLanguage("en");
  render(
    <TextsProvider first={first}>
      <GateResult answer={{ ...ANSWER, ...changed }} minimum={8} />
    </TextsProvider>,
  );
  // What is refused says more once the settings are there.
  if (changed.accepted === false && changed.score !== null) await screen.findByText(/better version scores|weighs most/);
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
  expect(await said({ accepted: false, score: 1, better: { ...BETTER, score: 2 }, drivers })).toContain("Can gain more access: iam:PassRole");
});

test("a score that reaches what was asked for and is refused is so by the settings", async () => {
  const text = await said({ accepted: false, score: 8, better: BETTER }, 9);
  expect(text).toContain("Settings ask every gate for at least 9.");
  expect(text).toContain("The better version scores 9");
});

test("a better version that only reaches what was asked for does not do where the settings ask for more", async () => {
  const text = await said({ accepted: false, score: 4, better: BETTER }, 10);
  expect(text).toContain("Settings ask every gate for at least 10.");
  expect(text).toContain("No version by rules would be accepted");
});

test("without the settings it says that they ask for more, and promises nothing", async () => {
  vi.stubGlobal("fetch", async () => Promise.reject(new TypeError("Failed to fetch")));
  const first = await loadLanguage("en");
  render(
    <TextsProvider first={first}>
      <GateResult answer={{ ...ANSWER, accepted: false, score: 8, better: BETTER }} minimum={8} />
    </TextsProvider>,
  );
  expect(await screen.findByText("The settings ask every gate for more than that.")).toBeTruthy();
  expect(await screen.findByText(/weighs most/)).toBeTruthy();
  expect(screen.queryByText(/better version scores/)).toBeNull();
});

test("what cannot be read is never accepted", async () => {
  expect(await said({ accepted: false, score: null })).toContain("never accepted");
});
