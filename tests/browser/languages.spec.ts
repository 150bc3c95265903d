import { Portal, THEMES } from "./portal/portal";
import { HTML_LANGUAGE, LANGUAGES, TEXTS, untranslated } from "./support/languages";
import { expect, test } from "./support/test";

for (const language of LANGUAGES) {
  for (const theme of THEMES) {
    test(`every page speaks ${language} in ${theme}`, async ({ page }) => {
      const texts = TEXTS[language];
      const english = untranslated(language);
      const portal = new Portal(page);
      await portal.choose({ language, theme });
      for (const [path, title] of [
        ["/", texts.score.title],
        ["/compare", texts.compare.title],
        ["/usage", texts.usage.title],
        ["/generate", texts.generate.title],
        ["/settings", texts.settings.title],
        ["/usage/principal", texts.usage.principal.title],
        ["/nowhere", texts.shell.notFound],
      ] as const) {
        await portal.open(path);
        await expect(portal.title).toHaveText(title);
        await expect(page.locator("html")).toHaveAttribute("lang", HTML_LANGUAGE[language]);
        await expect(page.locator("html")).toHaveAttribute("data-theme", theme);
        await page.waitForLoadState("networkidle");

        const text = await page.locator("body").innerText();
        expect(text, path).not.toMatch(/undefined|\[object|\bNaN\b|\bInvalid Date\b/u);
        // A key that stands where its text should: `score.grade.of`.
        expect(text, path).not.toMatch(/\b(?:common|shell|signIn|policy|score|usage|generate|compare|settings)\.[a-z]\w+\b/u);
        const lines = text.split("\n").map((line) => line.trim());
        expect(lines.filter((line) => english.has(line)), `English in ${path}`).toEqual([]);
        const names = await page.locator("[aria-label]").evaluateAll((all) => all.map((each) => each.getAttribute("aria-label") ?? ""));
        expect(names.filter((name) => english.has(name)), `English for a screen reader in ${path}`).toEqual([]);
      }
    });
  }
}

test("language and theme are chosen in the top bar, and stay", async ({ page }) => {
  const portal = new Portal(page);
  await portal.open("/compare");
  await portal.takeFromTopBar(/^Language/u, "Español");
  await expect(portal.title).toHaveText("Comparar dos políticas");
  await portal.takeFromTopBar(/^Tema/u, TEXTS.es.shell.themes.dark);
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.reload();
  await expect(portal.title).toHaveText("Comparar dos políticas");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});

test("a comparison and its report speak the reader's language", async ({ page }) => {
  const texts = TEXTS.pt.compare;
  const portal = new Portal(page);
  await portal.choose({ language: "pt" });
  await portal.open("/compare");
  await page.getByRole("button", { name: texts.samples }).click();
  await page.getByRole("menuitem", { name: texts.sampleNames.widened }).click();
  await page.getByRole("button", { name: texts.run, exact: true }).click();
  await expect(page.getByRole("status").first()).toContainText(texts.verdicts["new-access"]);
  await page.getByRole("button", { name: texts.witness }).first().click();
  await page.getByRole("button", { name: texts.replay }).first().click();
  await expect(page.getByText(texts.outcomes["implicit-deny"])).toBeVisible();
  const lines = (await page.locator("body").innerText()).split("\n").map((line) => line.trim());
  expect(lines.filter((line) => untranslated("pt").has(line))).toEqual([]);
});
