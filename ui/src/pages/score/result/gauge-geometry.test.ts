import { expect, test } from "vitest";
import { bandOf, segments } from "./gauge-geometry";

test("every score has a word, and a better score never a worse one", () => {
  const bands = Array.from({ length: 10 }, (_, index) => bandOf(index + 1));
  expect(bands).toEqual(["dangerous", "dangerous", "dangerous", "broad", "broad", "broad", "fair", "fair", "least", "least"]);
});

test("the gauge is a half circle in ten parts, from the left to the right", () => {
  const paths = segments();
  expect(paths).toHaveLength(10);
  expect(paths[0]).toMatch(/^M 16\.00 100\.00 /);
  expect(paths[9]).toMatch(/ 184\.00 100\.00$/);
});

test("parts do not touch", () => {
  const [first, second] = segments().map((path) => path.split(" "));
  expect(Number(first?.at(-2))).toBeLessThan(Number(second?.[1]));
});
