import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import type { Schemas } from "../../api/client";
import { TextsProvider, loadLanguage } from "../../text/context";
import { compare as texts } from "../../text/en/compare";
import { toMarkdown } from "./report";
import { warningsOf } from "./warnings";
import { Warnings } from "./warnings-view";

afterEach(cleanup);

const PLAIN: Schemas["DiffAnswer"] = { verdict: "no-new-access", reason: "", added: [], removed: [] };
const WARNED = {
  ...PLAIN,
  warnings: [
    { policy: "new", message: "`StringEqualz` is no operator", line: 7, column: 3 },
    { policy: "old", message: "`x` \n# @everybody", line: null, column: null },
  ],
};

test("a warning says which policy, where, and what", async () => {
  const first = await loadLanguage("en");
  render(
    <TextsProvider first={first}>
      <Warnings diff={WARNED} />
    </TextsProvider>,
  );
  expect(screen.getByText("Not everything was understood")).toBeTruthy();
  expect(screen.getAllByRole("listitem").map(({ textContent }) => textContent)).toEqual([
    "New policy, line 7: StringEqualz is no operator",
    "Old policy: x \n# @everybody",
  ]);
});

test("the report says them before the verdict, as code that they cannot leave", () => {
  const markdown = toMarkdown(WARNED, { old: [], new: [] }, texts);
  expect(markdown).toContain("- New policy, line 7: `` `StringEqualz` is no operator ``\n- Old policy: `` `x`  # @everybody ``\n\nProved");
});

test("an answer without them, or with something else in their place, has none", () => {
  expect(warningsOf(PLAIN)).toEqual([]);
  expect(warningsOf({ ...PLAIN, warnings: [null, { policy: "both", message: "x" }, { policy: "old" }] } as typeof PLAIN)).toEqual([]);
  expect(toMarkdown(PLAIN, { old: [], new: [] }, texts)).not.toContain("understood");
});
