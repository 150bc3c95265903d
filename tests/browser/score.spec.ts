import { ScorePage } from "./portal/score";
import { BROAD, NARROW } from "./support/policies";
import { expect, test } from "./support/test";

test("a broad policy gets a low score, findings, a way to more access and a better version", async ({ page }) => {
  const score = new ScorePage(page);
  await score.start(BROAD);
  await score.score();
  const grade = Number(/([\d.]+) out of 10/u.exec((await score.grade.textContent()) ?? "")?.[1]);
  expect(grade).toBeLessThan(4);
  await expect(page.getByRole("tab", { name: /^Findings \([1-9]/u })).toBeVisible();
  await expect(page.getByRole("button", { name: /^Show line \d+ in the editor/u }).first()).toBeVisible();
  await page.getByRole("tab", { name: /^Escalations \([1-9]/u }).click();
  await expect(page.getByRole("tabpanel", { name: /^Escalations/u })).toContainText("iam:PassRole");
  await page.getByRole("tab", { name: "Controls" }).click();
  await expect(page.getByRole("tabpanel", { name: "Controls" })).toContainText(/CIS/u);
  await page.getByRole("tab", { name: "Explanation" }).click();
  await expect(page.getByRole("tabpanel", { name: "Explanation" })).toContainText("No model is configured");
  await expect(page.getByRole("heading", { name: "Better version" }).first()).toBeVisible();
  await expect(page.getByText(/^Proved/u).first()).toBeVisible();
});

test("the better version can be taken along as Terraform and CloudFormation", async ({ page }) => {
  const score = new ScorePage(page);
  await score.start(BROAD);
  await score.score();
  await page.getByRole("button", { name: "Take it with you" }).click();
  for (const [format, file, holds] of [
    ["Terraform", "better.tf", 'resource "aws_iam_policy" "leastwise-better"'],
    ["CloudFormation (YAML)", "better.template.yaml", "LeastwiseBetter:"],
  ] as const) {
    await page.getByRole("button", { name: format, exact: true }).click();
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: `Download: ${file}` }).click()]);
    expect(Buffer.concat(await (await download.createReadStream()).toArray()).toString()).toContain(holds);
  }
});

test("the original is given back as it was typed, and a better version has its numbers", async ({ page }) => {
  // JavaScript reads ...993 as ...992, and writes 1.0 as 1.
  const typed = BROAD.replace("{", '{ "Id":\t"typed",').replace('"Effect"', '"Condition": {"NumericLessThan": {"s3:max-keys": 9007199254740993}}, "Effect"');
  const score = new ScorePage(page);
  await score.start(typed);
  await score.score();
  await page.getByRole("button", { name: "Take it with you" }).click();
  const take = async (file: string) => {
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: `Download: ${file}` }).click()]);
    return Buffer.concat(await (await download.createReadStream()).toArray()).toString();
  };
  expect(await take("better.json")).toContain("9007199254740993");
  await page.getByRole("button", { name: "AWS CLI", exact: true }).click();
  expect(await take("original.json")).toBe(typed);
});

test("a text without a policy gets no score, and no word that nothing was found", async ({ page }) => {
  const score = new ScorePage(page);
  await score.start("[]");
  await score.run.click();
  await page.getByRole("tab", { name: "Escalations", exact: true }).click();
  await expect(page.getByRole("tabpanel", { name: "Escalations" })).toContainText("Not looked at");
  await expect(page.getByText(/No rule has|No way to more access is open/u)).toHaveCount(0);
});

test("a narrow policy scores higher than a broad one", async ({ page }) => {
  const score = new ScorePage(page);
  await score.start(NARROW);
  await score.score();
  const grade = Number(/([\d.]+) out of 10/u.exec((await score.grade.textContent()) ?? "")?.[1]);
  expect(grade).toBeGreaterThan(7);
});

test("a finding leads to its line in the editor", async ({ page }) => {
  const score = new ScorePage(page);
  await score.start(BROAD);
  await score.score();
  await page.getByRole("button", { name: /^Show line \d+ in the editor/u }).first().click();
  await expect(score.editor).toBeFocused();
});

test("findings appear while one types", async ({ page }) => {
  const score = new ScorePage(page);
  await score.start(BROAD.replace('"Allow"', '"Alow"'));
  await expect(score.editor.locator(".cm-lintRange-error").first()).toBeVisible();
});

test("the better version is compared exactly, on the page for it", async ({ page }) => {
  const score = new ScorePage(page);
  await score.start(BROAD);
  await score.score();
  await page.getByRole("button", { name: "Compare exactly" }).first().click();
  await expect(score.title).toHaveText("Compare two policies");
  await expect(page.getByRole("textbox", { name: "Old policy" })).toContainText("Storage");
  // With the type that it was scored as.
  await expect(page.getByRole("button", { name: /^Type of policy/u })).toContainText("Identity policy");
  await page.getByRole("button", { name: "Compare", exact: true }).click();
  await expect(page.getByRole("status").first()).toContainText("No new access");
});
