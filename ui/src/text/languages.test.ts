import { beforeEach, expect, test, vi } from "vitest";
import { formatFor } from "./format";
import { LANGUAGES, loadTexts, localeOf, preferredLanguage, storeLanguage } from "./languages";

beforeEach(() => localStorage.clear());

function browserSpeaks(...tags: string[]) {
  vi.spyOn(navigator, "languages", "get").mockReturnValue(tags);
}

test("the browser's first language that the portal speaks is taken, unless another was chosen", () => {
  browserSpeaks("de-AT", "pt-PT", "en");
  expect(preferredLanguage()).toBe("pt");
  storeLanguage("es");
  expect(preferredLanguage()).toBe("es");
  localStorage.clear();
  browserSpeaks("de-AT");
  expect(preferredLanguage()).toBe("en");
});

test("numbers are written as where the browser is", () => {
  browserSpeaks("es-MX");
  expect(formatFor(localeOf("es")).number(12345.5)).toBe("12,345.5");
  expect(formatFor(localeOf("pt")).number(12345.5)).toBe("12.345,5");
});

test("days are UTC wherever one is, and what is no date stands as it came", () => {
  const format = formatFor("en-US");
  expect(format.day("2026-03-02")).toBe("Mar 2, 2026");
  expect(format.time("2026-03-02T23:59:59Z")).toContain("UTC");
  expect(format.day("never")).toBe("never");
});

// The compiler sees that no text is missing; this sees that none is empty.
test.each(LANGUAGES)("no text of %s is empty", async (language) => {
  const empty: string[] = [];
  const visit = (value: unknown, path: string) => {
    if (typeof value === "string" && !value.trim()) empty.push(path);
    if (typeof value === "object" && value !== null) Object.entries(value).forEach(([key, inner]) => visit(inner, `${path}.${key}`));
  };
  visit(await loadTexts(language), language);
  expect(empty).toEqual([]);
});
