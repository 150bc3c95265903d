import { expect, test } from "vitest";
import { isActionGlob } from "../../policy/action-glob";
import { DEFAULTS, type Options, countAdvanced, quotaOf, readOptions, toRequest, writeOptions } from "./options";

const ALL: Options = {
  principal: "*orders*",
  account: "111122223333",
  start: "2026-03-01",
  end: "2026-03-31",
  mode: "actions",
  level: "service",
  quota: "role",
  min_count: 5,
  generalize: 0,
  exclude_actions: ["iam:*", "s3:Delete*"],
  allow_actions: ["s3:*"],
  include_denied: true,
};

test("options go into the address and come back, and the defaults leave it empty", () => {
  expect(readOptions(writeOptions(ALL))).toEqual(ALL);
  expect(`${writeOptions(DEFAULTS)}`).toBe("");
  expect(readOptions(new URLSearchParams())).toEqual(DEFAULTS);
});

test("what cannot be meant falls back", () => {
  const query = new URLSearchParams("mode=all&level=x&min_count=-1&generalize=1e9&start=soon&exclude_actions=delete&exclude_actions=iam:*&exclude_actions=iam:*");
  expect(readOptions(query)).toEqual({ ...DEFAULTS, exclude_actions: ["iam:*"] });
});

test("every action of a service is not asked for together with picked ones, which the API refuses", () => {
  const request = toRequest(ALL, " ");
  expect(request.exclude_actions).toEqual([]);
  expect(request.allow_actions).toEqual([]);
  expect(request.compare).toBeUndefined();
  expect(toRequest({ ...ALL, level: "action" }, "{}").exclude_actions).toEqual(["iam:*", "s3:Delete*"]);
  expect(toRequest(DEFAULTS, "[{}]").compare).toEqual(["{}"]);
});

test("folded options are counted", () => {
  expect(countAdvanced(DEFAULTS)).toBe(0);
  expect(countAdvanced(ALL)).toBe(7);
});

test("what does not fit inline is measured as the managed policies that it became", () => {
  expect(quotaOf([2_048], "user")).toBe(2_048);
  expect(quotaOf([2_423], "user")).toBe(6_144);
  expect(quotaOf([6_000, 5_000], "role")).toBe(6_144);
  expect(quotaOf([1], "managed")).toBe(6_144);
});

test.each([
  ["s3:Get*", true],
  ["*", true],
  ["*:Describe*", true],
  ["GetObject", false],
  ["s3:Get Object", false],
  ["", false],
])("%j is an action glob: %j", (text, is) => expect(isActionGlob(text)).toBe(is));
