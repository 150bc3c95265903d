import { expect, test } from "vitest";
import { MOST_BYTES, bytesTooMany } from "./size";

test("what fits is not counted as too much", () => {
  expect(bytesTooMany("")).toBeUndefined();
  expect(bytesTooMany("a".repeat(1_000_000))).toBeUndefined();
});

test("escapes and characters of many bytes count as they are sent", () => {
  expect(bytesTooMany("a".repeat(MOST_BYTES))).toBeGreaterThan(MOST_BYTES);
  expect(bytesTooMany("\n".repeat(600_000))).toBeGreaterThan(1_200_000);
  expect(bytesTooMany("€".repeat(400_000))).toBeGreaterThan(1_200_000);
});
