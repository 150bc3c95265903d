import { expect, test } from "vitest";
import { type Cell, SHADES, count, hottest, shadeOf } from "./heat";

test("nothing has no shade, the most has the last, and all between grow", () => {
  expect(shadeOf(0, 1000)).toBe(0);
  expect(shadeOf(Number.NaN, 1000)).toBe(0);
  expect(shadeOf(1, 1000)).toBe(1);
  expect(shadeOf(1000, 1000)).toBe(SHADES);
  const shades = [1, 4, 16, 64, 256, 1000].map((calls) => shadeOf(calls, 1000));
  expect(shades).toEqual([...shades].sort());
  expect(new Set(shades).size).toBe(SHADES);
});

test("where everything is one call, every call has the last shade", () => {
  expect(shadeOf(1, 1)).toBe(SHADES);
  expect(shadeOf(5, 1)).toBe(SHADES);
});

test("cells are summed, and refused calls count for the shade", () => {
  const cells = new Map<string, Cell>();
  count(cells, "s3", { calls: 2, denied: 0 });
  count(cells, "s3", { calls: 1, denied: 4 });
  expect(cells.get("s3")).toEqual({ calls: 3, denied: 4 });
  expect(hottest([{ key: "a", cells }])).toBe(7);
  expect(hottest([])).toBe(0);
});
