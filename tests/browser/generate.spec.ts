import { GeneratePage } from "./portal/generate";
import { expect, test } from "./support/test";

test("a principal's policies come with a proof and the calls that they rest on", async ({ page }) => {
  const generate = new GeneratePage(page);
  await generate.start();
  await expect(page.getByText("No policies yet")).toBeVisible();
  await generate.generate("*orders-api");
  await expect(page.getByText("Proved", { exact: true }).first()).toBeVisible();
  await expect(page.getByText("Statements and what they rest on").first()).toBeVisible();
});

test("a policy goes on to the Compare page, as the new one and with its type", async ({ page }) => {
  const generate = new GeneratePage(page);
  await generate.start();
  await generate.generate("*orders-api");
  await page.getByRole("button", { name: "Compare", exact: true }).first().click();
  await expect(generate.title).toHaveText("Compare two policies");
  await expect(page.getByRole("textbox", { name: "New policy" })).toContainText('"Statement"');
  await expect(page.getByRole("button", { name: /^Type of policy/u })).toContainText("Identity policy");
});

test("a principal that nobody is gets no policies, and a reason", async ({ page, guard }) => {
  guard.tolerate(/status of 4\d\d/u);
  const generate = new GeneratePage(page);
  await generate.start();
  await generate.generate("*nobody-of-this-name");
  await expect(page.getByText("no principal that was seen matches")).toBeVisible();
});
