import { expect, test } from "vitest";
import { axisEnd, bucketDays } from "./days";

const sum = (days: Record<string, number>) => bucketDays<number>(days, 0, (left, right) => left + right);

test("days on which nothing happened are there too", () => {
  const { unit, buckets } = sum({ "2026-03-04": 3, "2026-02-28": 1 });
  expect(unit).toBe("day");
  expect(buckets.map(({ start, value }) => [start, value])).toEqual([
    ["2026-02-28", 1],
    ["2026-03-01", 0],
    ["2026-03-02", 0],
    ["2026-03-03", 0],
    ["2026-03-04", 3],
  ]);
});

test("many days stand as weeks from Monday, and more as months, and none is lost", () => {
  const weeks = sum({ "2026-01-01": 1, "2026-01-04": 2, "2026-01-05": 4, "2026-04-01": 8 });
  expect(weeks.unit).toBe("week");
  expect(weeks.buckets[0]).toEqual({ start: "2025-12-29", end: "2026-01-04", value: 3 });
  expect(weeks.buckets[1]?.value).toBe(4);
  const months = sum({ "2024-01-31": 1, "2026-02-28": 2 });
  expect(months.unit).toBe("month");
  expect(months.buckets).toHaveLength(26);
  expect(months.buckets[0]).toEqual({ start: "2024-01-01", end: "2024-01-31", value: 1 });
  expect(months.buckets[25]).toEqual({ start: "2026-02-01", end: "2026-02-28", value: 2 });
});

test("no days, and what is no day, make no chart", () => {
  expect(sum({}).buckets).toEqual([]);
  expect(sum({ never: 3 }).buckets).toEqual([]);
  expect(sum({ "2026-03-01": 1, never: 3 }).buckets).toHaveLength(1);
});

test("axes end on round numbers that have a half", () => {
  expect([0, 1, 3, 10, 11, 341, 999, 1_000_001].map(axisEnd)).toEqual([2, 2, 4, 10, 20, 400, 1000, 2_000_000]);
});
