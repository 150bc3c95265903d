import { expect, test } from "vitest";
import type { Schemas } from "../../../api/client";
import { parseExact } from "../../../policy/exact";
import { rewritten, versionsOf } from "./versions";

const ORIGINAL = '{"Statement": [{"Condition": {"NumericLessThan": {"s3:max-keys": [9007199254740993, 18446744073709551616]}}}]}';

function answered(policy: string): Schemas["ScoreAnswer"] {
  const better = { policy: parseExact(policy) as Record<string, unknown>, effect: "narrower", applied: [], left: [], apply: [], roll_back: [], score: 9, risk: 2 };
  return { type: "identity", graded_by: "rules", better, findings: [], more_findings: 0, suppressed: [], escalations: [], compliance: [] };
}

test("a better version has its numbers as the API writes them", () => {
  const [version] = versionsOf(answered(ORIGINAL), [], ORIGINAL);
  expect(version?.text).toContain("9007199254740993,");
  expect(version?.effect).toBe("narrower");
});

test("nothing is said to be proved of one with a number that the original does not have", () => {
  const [version] = versionsOf(answered('{"Statement": [{"Condition": {"NumericLessThan": {"s3:max-keys": 18446744073709552000}}}]}'), [], ORIGINAL);
  expect(version?.effect).toBe("numbers-changed");
});

test("the original is written anew only where that says the same", () => {
  expect(rewritten('{"a":9007199254740993}')).toBe('{\n  "a": 9007199254740993\n}');
  expect(rewritten('{"a":1,"a":2}')).toBe('{"a":1,"a":2}');
  expect(rewritten("{")).toBe("{");
});
