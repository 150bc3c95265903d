import { mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Locator, Page } from "@playwright/test";
import { ComparePage } from "./portal/compare";
import { GeneratePage } from "./portal/generate";
import { THEMES, type Theme } from "./portal/portal";
import { ScorePage } from "./portal/score";
import { SettingsPage } from "./portal/settings";
import { UsagePage } from "./portal/usage";
import { paste } from "./support/keyboard";
import { TEXTS } from "./support/languages";
import { BROAD } from "./support/policies";
import { expect, test } from "./support/test";

const ROOT = join(import.meta.dirname, "../..");
const FOLDER = join(ROOT, "target/screenshots");
// The few that stand in the documentation are made anew only when asked for.
const DOCUMENTATION = process.env.LEASTWISE_PICTURES ? join(ROOT, "docs/portal") : undefined;
const DOCUMENTED = ["score", "compare", "usage", "principal", "generate", "settings"];
const MOST_BYTES = 150_000;

test.use({ viewport: { width: 1280, height: 800 } });

/** Editors out of sight do not measure their lines: each is looked at once, so that its numbers stand beside its lines. */
async function draw(page: Page): Promise<void> {
  for (const editor of await page.locator(".cm-editor").all()) {
    await editor.evaluate(async (element) => {
      element.scrollIntoView({ block: "center" });
      for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
    });
  }
}

/** The whole page; for the documentation what a window shows, from `part` down. */
async function take(page: Page, name: string, theme: Theme, part?: Locator): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  await page.waitForLoadState("networkidle");
  await page.mouse.move(0, 0);
  await draw(page);
  await page.evaluate(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    window.scrollTo(0, 0);
  });
  const path = join(FOLDER, `${name}-${theme}.png`);
  await page.screenshot({ path, fullPage: true, animations: "disabled", caret: "hide" });
  console.log(path);
  if (!DOCUMENTATION || theme !== "light" || !DOCUMENTED.includes(name)) return;
  mkdirSync(DOCUMENTATION, { recursive: true });
  // Below the top bar, which stays.
  await part?.evaluate((element) => window.scrollTo(0, element.getBoundingClientRect().top + window.scrollY - 90));
  const picture = join(DOCUMENTATION, `${name}.png`);
  await page.screenshot({ path: picture, animations: "disabled", caret: "hide" });
  expect(statSync(picture).size, picture).toBeLessThan(MOST_BYTES);
}

for (const theme of THEMES) {
  test(`a picture of the Score page, ${theme}`, async ({ page }) => {
    const score = new ScorePage(page);
    await score.choose({ theme });
    await score.start(BROAD);
    await score.score();
    await page.locator(".cm-mergeView").waitFor();
    await score.editor.press("ControlOrMeta+Home");
    await take(page, "score", theme);
  });

  test(`a picture of the Compare page, ${theme}`, async ({ page }) => {
    const compare = new ComparePage(page);
    await compare.choose({ theme });
    await compare.start();
    await compare.takeSample("New statements, and a Deny");
    await compare.compare();
    await compare.replay();
    await take(page, "compare", theme, page.getByRole("heading", { name: "Verdict" }));
  });

  test(`pictures of the Usage pages, ${theme}`, async ({ page }) => {
    const usage = new UsagePage(page);
    await usage.choose({ theme });
    await usage.start();
    await take(page, "usage", theme, page.getByRole("heading", { name: "Totals" }));
    await usage.principal("orders-api").click();
    await expect(usage.title).toContainText("orders-api");
    await take(page, "principal", theme);
  });

  test(`a picture of the Settings page, ${theme}`, async ({ page }) => {
    const settings = new SettingsPage(page);
    await settings.choose({ theme });
    await settings.start();
    await settings.ask(6);
    await settings.accept({ rule: "WHOLE_SERVICE", reason: "A sandbox, with nothing in it", owner: "ana@example.com", expires: "2099-12-31" });
    await settings.accept({ rule: "UNSCOPED_*", reason: "Until the move is over", owner: "rui@example.com", expires: "2020-01-31" });
    await take(page, "settings", theme);
  });

  test(`a picture of the Generate page, ${theme}`, async ({ page }) => {
    const generate = new GeneratePage(page);
    await generate.choose({ theme });
    await generate.start();
    await generate.generate("*orders-api");
    await expect(page.getByText("Proved", { exact: true }).first()).toBeVisible();
    await take(page, "generate", theme, page.getByText("Proved", { exact: true }).first());
  });
}

for (const language of ["es", "pt"] as const) {
  test(`pictures in ${language}`, async ({ page }) => {
    const texts = TEXTS[language];
    const score = new ScorePage(page);
    await score.choose({ language, theme: "light" });
    await score.open("/");
    await paste(page.getByRole("textbox", { name: texts.score.editor }), BROAD);
    await page.getByRole("button", { name: texts.score.run, exact: true }).click();
    await page.locator(".cm-mergeView").waitFor();
    await page.getByRole("textbox", { name: texts.score.editor }).press("ControlOrMeta+Home");
    await take(page, `score-${language}`, "light");
    await score.open("/usage");
    await page.getByRole("heading", { name: texts.usage.all.title }).waitFor();
    await take(page, `usage-${language}`, "light");
    await score.open("/settings");
    await take(page, `settings-${language}`, "light");
  });
}

test("pictures in a narrow window", async ({ page }) => {
  await page.setViewportSize({ width: 420, height: 800 });
  const score = new ScorePage(page);
  await score.choose({ theme: "light" });
  await score.start(BROAD);
  await score.score();
  await expect(page.locator(".cm-editor")).toHaveCount(2);
  await score.editor.press("ControlOrMeta+Home");
  await take(page, "score-narrow", "light");
  await score.open("/settings");
  await take(page, "settings-narrow", "light");
  const generate = new GeneratePage(page);
  await generate.start();
  await generate.generate("*orders-api");
  await expect(page.getByText("Proved", { exact: true }).first()).toBeVisible();
  await take(page, "generate-narrow", "light");
});
