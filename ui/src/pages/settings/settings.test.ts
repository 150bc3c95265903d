import { expect, test } from "vitest";
import { bodyOf, isDraft, isExpired, settingsOf } from "./settings";

const ACCEPTED = { rule: "WHOLE_SERVICE", reason: "a sandbox", owner: "ana", expires: "2026-06-30" };

test("what an answer leaves out holds nothing", () => {
  expect(settingsOf({})).toEqual({ minimum: null, exclude_actions: [], suppress: [] });
});

test("all of the settings go back, with the version that they replace", () => {
  const settings = settingsOf({ minimum: 6, exclude_actions: ["iam:*"], suppress: [ACCEPTED] });
  expect(bodyOf({ version: 3, settings })).toEqual({ version: 3, settings: { minimum: 6, exclude_actions: ["iam:*"], suppress: [ACCEPTED] } });
});

test("a finding is accepted up to its last day, and no longer", () => {
  expect(isExpired(ACCEPTED, new Date("2026-06-30T23:59:59Z"))).toBe(false);
  expect(isExpired(ACCEPTED, new Date("2026-07-01T00:00:00Z"))).toBe(true);
});

test("a draft is one of all the settings, or none", () => {
  const settings = settingsOf({ minimum: 6, exclude_actions: ["iam:*"], suppress: [ACCEPTED] });
  expect(isDraft({ version: 3, settings })).toBe(true);
  expect(isDraft(null)).toBe(true);
  for (const wrong of [{}, { version: 3 }, { version: 3, settings: {} }, { version: 3, settings: { ...settings, suppress: [null] } }, { version: 3, settings: { ...settings, exclude_actions: "iam:*" } }]) {
    expect(isDraft(wrong)).toBe(false);
  }
});
