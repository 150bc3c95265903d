import type { Page } from "@playwright/test";
import { ComparePage } from "./portal/compare";
import { ScorePage } from "./portal/score";
import { paste } from "./support/keyboard";
import { HOSTILE, NARROW } from "./support/policies";
import { expect, test } from "./support/test";

const STATEMENT = '{"Sid":"<b>x</b>","Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::example/*"}';
const MEGABYTE = `{"Version":"2012-10-17","Statement":[\n${Array(10_500).fill(STATEMENT).join(",\n")}]}`;

/** Nothing of a policy ran, and nothing of it became an element. */
async function expectOnlyText(page: Page): Promise<void> {
  expect(await page.evaluate(() => "hacked" in window)).toBe(false);
  await expect(page.locator("img[src=x], svg[onload], main script, main b:text-is('team')")).toHaveCount(0);
}

test("markup in a policy is text on the Score page", async ({ page }) => {
  page.on("dialog", (dialog) => expect(dialog.message(), "no dialog").toBe(""));
  const score = new ScorePage(page);
  await score.start(HOSTILE);
  await expect(score.editor).toContainText("</script><script>window.hacked=1</script>");
  // What turns text around is shown, and turns nothing around.
  await expect(score.editor.locator(".cm-specialChar").first()).toBeVisible();
  await score.run.click();
  await expect(page.getByText("No score yet")).toBeHidden();
  await page.waitForLoadState("networkidle");
  await expectOnlyText(page);
});

test("markup in a policy is text on the Compare page, in its blocks, requests and report", async ({ page }) => {
  const compare = new ComparePage(page);
  await compare.start(NARROW, HOSTILE);
  await compare.compare();
  await expect(page.getByRole("button", { name: /Statement 1 \(<\/script><script>/u }).first()).toBeVisible();
  await expect(page.getByRole("code").filter({ hasText: "⟨U+202E⟩gpj.live" }).first()).toBeVisible();
  await compare.replay();
  await page.getByRole("tab", { name: "Text" }).click();
  await expect(page.locator(".cm-mergeView")).toBeVisible();
  await expectOnlyText(page);
});

test("an address with markup in it is text", async ({ page, guard }) => {
  // There is no such principal.
  guard.tolerate(/status of 4\d\d/u);
  const score = new ScorePage(page);
  await score.open(`/usage/principal?${new URLSearchParams({ arn: "<img src=x onerror=window.hacked=5>", account: '"><script>' })}`);
  await page.waitForLoadState("networkidle");
  await expectOnlyText(page);
});

test("a megabyte that is pasted does not freeze the Score page", async ({ page, guard }) => {
  // The API takes less than that, and says so.
  guard.tolerate(/status of 4\d\d/u);
  const score = new ScorePage(page);
  await score.start();
  const before = Date.now();
  await paste(score.editor, MEGABYTE);
  await expect(score.editor).toContainText("<b>x</b>");
  const pasted = Date.now() - before;
  const typing = Date.now();
  await score.editor.press("ControlOrMeta+End");
  await score.editor.press("Enter");
  await page.evaluate(() => new Promise(requestAnimationFrame));
  const typed = Date.now() - typing;
  console.log(`a megabyte pasted: shown after ${pasted} ms, keys after ${typed} ms`);
  expect(pasted).toBeLessThan(10_000);
  expect(typed).toBeLessThan(5_000);
  await expectOnlyText(page);
});

test("a megabyte that is pasted does not freeze the Compare page", async ({ page, guard }) => {
  guard.tolerate(/status of 4\d\d/u);
  const compare = new ComparePage(page);
  await compare.start(NARROW, MEGABYTE);
  await expect(compare.new).toContainText("<b>x</b>");
  await compare.run.click();
  await expect(page.getByText("That is too much at once").or(compare.verdict)).toBeVisible({ timeout: 35_000 });
  await page.evaluate(() => new Promise(requestAnimationFrame));
  await expectOnlyText(page);
});
