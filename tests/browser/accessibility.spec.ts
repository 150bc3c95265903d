import { ComparePage } from "./portal/compare";
import { GeneratePage } from "./portal/generate";
import { THEMES } from "./portal/portal";
import { ScorePage } from "./portal/score";
import { SettingsPage } from "./portal/settings";
import { UsagePage } from "./portal/usage";
import { expectAccessible } from "./support/accessibility";
import { BROAD, NARROW, WIDER } from "./support/policies";
import { expect, test } from "./support/test";

for (const theme of THEMES) {
  test(`the Score page is accessible, empty and with an answer, in ${theme}`, async ({ page }) => {
    const score = new ScorePage(page);
    await score.choose({ theme });
    await score.start();
    await expectAccessible(page, "empty");
    await score.start(BROAD);
    await score.score();
    await expectAccessible(page, "with an answer");
    for (const tab of [/^Escalations/u, /^Controls/u, /^Explanation/u]) {
      await page.getByRole("tab", { name: tab }).click();
      await expectAccessible(page, `with an answer, ${tab.source}`);
    }
  });

  test(`the Compare page is accessible in each of its states, in ${theme}`, async ({ page }) => {
    const compare = new ComparePage(page);
    await compare.choose({ theme });
    await compare.start();
    await expectAccessible(page, "empty");
    await compare.start(NARROW, WIDER);
    await compare.compare();
    await compare.replay();
    await expectAccessible(page, "with new access");
    await page.getByRole("tab", { name: "Text" }).click();
    await expect(page.locator(".cm-mergeView")).toBeVisible();
    await expectAccessible(page, "with the texts side by side");
    await compare.takeSample("Conditions that cannot be decided");
    await compare.run.click();
    await expect(compare.verdict).toContainText("Inconclusive");
    await expectAccessible(page, "inconclusive");
    await compare.start("{", NARROW);
    await compare.run.click();
    await expect(page.getByText("The old policy is no JSON.")).toBeVisible();
    await expectAccessible(page, "with a problem");
  });

  test(`the Usage pages are accessible in ${theme}`, async ({ page }) => {
    const usage = new UsagePage(page);
    await usage.choose({ theme });
    await usage.start();
    await page.waitForLoadState("networkidle");
    await expectAccessible(page, "usage");
    await usage.principal("orders-api").click();
    await expect(usage.title).toContainText("orders-api");
    await page.waitForLoadState("networkidle");
    await expectAccessible(page, "a principal");
  });

  test(`the Generate page is accessible, empty and with policies, in ${theme}`, async ({ page }) => {
    const generate = new GeneratePage(page);
    await generate.choose({ theme });
    await generate.start();
    await expectAccessible(page, "empty");
    await generate.generate("*orders-api");
    await expect(page.getByText("Proved", { exact: true }).first()).toBeVisible();
    await expectAccessible(page, "with policies");
  });

  test(`the Settings page is accessible, empty and with changes, in ${theme}`, async ({ page }) => {
    const settings = new SettingsPage(page);
    await settings.choose({ theme });
    await settings.start();
    await expectAccessible(page, "empty");
    await settings.ask(6);
    await settings.accept({ rule: "WHOLE_SERVICE", reason: "a sandbox", owner: "ana", expires: "2020-01-31" });
    await expectAccessible(page, "with changes");
  });

  test(`what stands around the pages is accessible in ${theme}`, async ({ page }) => {
    const compare = new ComparePage(page);
    await compare.choose({ theme });
    await compare.open("/nowhere");
    await expectAccessible(page, "no such page");
    await page.setViewportSize({ width: 420, height: 800 });
    await compare.start();
    await page.getByRole("button", { name: "Open the list of pages" }).click();
    await expectAccessible(page, "narrow, with the list of pages");
  });
}
