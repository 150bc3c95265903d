import { expect, test } from "vitest";
import { generateAddress, principalAddress } from "./addresses";
import { asGlob, daysAgo, readFilters, writeFilters } from "./filters";
import { isDay } from "../../ui/is-day";

test("filters go into the address and come back, and leave the rest of it alone", () => {
  const filters = { account: "111122223333", principal: "*orders*", start: "2026-03-01", unused_since: "2026-01-31" };
  const query = writeFilters(new URLSearchParams("view=table&end=2026-04-01"), filters);
  expect(query.get("view")).toBe("table");
  expect(query.has("end")).toBe(false);
  expect(readFilters(query)).toEqual(filters);
  expect(`${writeFilters(query, {})}`).toBe("view=table");
});

test("what is no day is not asked for", () => {
  expect(readFilters(new URLSearchParams("start=yesterday&end=2026-02-30&account=%20"))).toEqual({});
  expect(isDay("2028-02-29")).toBe(true);
  expect(isDay("2026-02-29")).toBe(false);
});

test("days are counted back in UTC", () => {
  expect(daysAgo(90, new Date("2026-03-31T23:30:00-05:00"))).toBe("2026-01-01");
});

test("an ARN survives the way to its page", () => {
  const arn = "arn:aws:iam::111122223333:role/a b/c&d=é";
  const query = new URL(principalAddress(arn, "111122223333", { start: "2026-03-01", service: "s3" }), "http://x").searchParams;
  expect([query.get("arn"), query.get("start"), query.get("service")]).toEqual([arn, "2026-03-01", "s3"]);
  expect(new URL(generateAddress(arn, undefined), "http://x").searchParams.get("principal")).toBe(arn);
});

test("a part of a name is looked for anywhere, a glob and an ARN as they stand", () => {
  expect(["orders", " orders ", "*orders", "order?", "arn:aws:iam::111122223333:role/a", " ", undefined].map(asGlob)).toEqual([
    "*orders*",
    "*orders*",
    "*orders",
    "order?",
    "arn:aws:iam::111122223333:role/a",
    undefined,
    undefined,
  ]);
});
