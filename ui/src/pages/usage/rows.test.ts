import { expect, test } from "vitest";
import { type UsageRow, callsPerDay, serviceOf, shortName } from "./rows";

const row = (outcome: UsageRow["outcome"], days: Record<string, number>): UsageRow => ({
  account: "111122223333", action: "s3:GetObject", resource: "*", outcome, calls: 1, days,
});

test("calls are counted per day, by what became of them", () => {
  const rows = [row("allowed", { "2026-03-02": 2 }), row("allowed", { "2026-03-02": 1 }), row("denied", { "2026-03-02": 4, "2026-03-03": 1 })];
  expect(callsPerDay(rows)).toEqual({
    "2026-03-02": { allowed: 3, failed: 0, denied: 4 },
    "2026-03-03": { allowed: 0, failed: 0, denied: 1 },
  });
});

test("names are short where they can be, and there where they cannot", () => {
  expect(shortName("arn:aws:iam::111122223333:role/orders/orders-api")).toBe("orders-api");
  expect(shortName("arn:aws:iam::111122223333:root")).toBe("root");
  expect(shortName("lambda.amazonaws.com")).toBe("lambda.amazonaws.com");
  expect(shortName("odd/")).toBe("odd/");
  expect(serviceOf("s3:GetObject")).toBe("s3");
});
