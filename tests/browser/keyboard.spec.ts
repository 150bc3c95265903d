import { ComparePage } from "./portal/compare";
import { ScorePage } from "./portal/score";
import { tabTo } from "./support/keyboard";
import { BROAD } from "./support/policies";
import { expect, test } from "./support/test";

test("a person with a keyboard scores a policy and compares two", async ({ page }) => {
  const { keyboard } = page;
  const score = new ScorePage(page);
  await score.open("/");

  await tabTo(page, page.getByRole("link", { name: "Skip to the content" }));
  await keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
  await tabTo(page, score.editor);
  await keyboard.insertText(BROAD);
  // Closes what the editor offers to complete.
  await keyboard.press("Escape");
  await tabTo(page, score.run, "Shift+Tab");
  await keyboard.press("Enter");
  await score.grade.waitFor({ state: "attached" });

  await tabTo(page, score.link("Compare"), "Shift+Tab", 200);
  await keyboard.press("Enter");
  const compare = new ComparePage(page);
  await expect(compare.title).toHaveText("Compare two policies");
  await expect(page.getByRole("main")).toBeFocused();

  await tabTo(page, compare.samples);
  await keyboard.press("Enter");
  await expect(page.getByRole("menuitem", { name: "A wildcard, tightened" })).toBeFocused();
  await keyboard.press("ArrowDown");
  await keyboard.press("Enter");
  await expect(compare.new).toContainText("KeepPrivate");
  await tabTo(page, compare.run);
  await keyboard.press("Enter");
  await expect(compare.verdict).toContainText("New access");

  const replay = page.getByRole("button", { name: "A request that shows it" }).first();
  await tabTo(page, replay);
  await keyboard.press("Enter");
  await tabTo(page, page.getByRole("button", { name: "Decide it under both policies" }).first());
  await keyboard.press("Enter");
  await expect(page.getByText("Under the new policy")).toBeVisible();

  const statement = page.getByRole("button", { name: "Statement 1 (ReadOrders)" }).first();
  await tabTo(page, statement, "Shift+Tab");
  await keyboard.press("Enter");
  await expect(compare.new).toBeFocused();
});
