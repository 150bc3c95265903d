import { ScorePage } from "./portal/score";
import { SettingsPage } from "./portal/settings";
import { BROAD } from "./support/policies";
import { startServe } from "./support/serve";
import { expect, test as base } from "./support/test";

const FOREVER = "2099-12-31";

/** Settings hold for everybody: what a test changes is on a server of its own. */
const test = base.extend({
  baseURL: async ({}, use) => {
    const serve = await startServe();
    await use(serve.address);
    await serve.stop();
  },
});

test("the settings are changed by who may, and stay", async ({ page }) => {
  const settings = new SettingsPage(page);
  await settings.start();
  await expect(page.getByText("Nobody has changed them yet.")).toBeVisible();
  await expect(settings.save).toBeDisabled();
  await settings.ask(9);
  await page.getByRole("textbox", { name: "Actions" }).fill("iam:*");
  await page.getByRole("textbox", { name: "Actions" }).press("Enter");
  await settings.accept({ rule: "WHOLE_*", reason: "a sandbox <b>only</b>", owner: "ana", expires: FOREVER });
  await settings.accept({ rule: "UNSCOPED_*", reason: "long ago", owner: "rui", expires: "2020-01-31" });
  await expect(settings.accepted.getByRole("row")).toHaveCount(3);
  await expect(settings.accepted.getByRole("row").filter({ hasText: "rui" })).toContainText("Expired");
  await expect(settings.accepted.getByRole("row").filter({ hasText: "ana" })).not.toContainText("Expired");
  await expect(settings.accepted).toContainText("a sandbox <b>only</b>");

  // What is not saved survives a reload, in this tab.
  await page.reload();
  await expect(page.getByText("The changes are not saved yet.")).toBeVisible();
  await settings.keep();
  await page.reload();
  await expect(settings.minimum).toContainText("At least 9");
  await expect(page.getByText("iam:*", { exact: true })).toBeVisible();
  await expect(page.getByText(/^Last changed by .*\(version 1\)\.$/u)).toBeVisible();

  await settings.accepted.getByRole("button", { name: "Remove: UNSCOPED_*" }).click();
  await settings.keep();
  await expect(settings.accepted.getByRole("row")).toHaveCount(2);
});

test("what the settings accept is shown apart on the Score page, and what they ask of a gate is told", async ({ page }) => {
  const settings = new SettingsPage(page);
  await settings.start();
  await settings.ask(10);
  await settings.accept({ rule: "*", reason: "a sandbox", owner: "ana", expires: FOREVER });
  await settings.keep();

  const score = new ScorePage(page);
  await score.start(BROAD);
  await score.askFor(1);
  await score.score();
  const accepted = page.getByText(/^Accepted by the settings \([1-9]/u);
  await expect(accepted).toBeVisible();
  await expect(page.getByText("By ana, until Dec 31, 2099: a sandbox").first()).toBeHidden();
  await accepted.click();
  await expect(page.getByText("By ana, until Dec 31, 2099: a sandbox").first()).toBeVisible();
  await expect(page.getByText("Settings ask every gate for at least 10.")).toBeVisible();
});

test("who changes what somebody else has changed meanwhile is told, and loads again", async ({ page, baseURL, guard }) => {
  guard.tolerate(/status of 409/u);
  const settings = new SettingsPage(page);
  await settings.start();
  await settings.ask(4);
  const other = await fetch(new URL("/api/settings", baseURL), {
    method: "PUT",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ version: 0, settings: { minimum: 7 } }),
  });
  expect(other.status).toBe(200);
  await settings.save.click();
  await expect(page.getByText("Somebody else has changed the settings")).toBeVisible();
  await page.getByRole("button", { name: "Load again" }).click();
  await expect(settings.minimum).toContainText("At least 7");
  await settings.ask(4);
  await settings.keep();
});

test("who may not change the settings is told so, and keeps what was changed", async ({ page, guard }) => {
  guard.tolerate(/status of 403/u);
  await page.route("**/api/settings", async (route) => {
    if (route.request().method() !== "PUT") return route.fallback();
    const problem = { status: 403, title: "Forbidden", detail: "the group admin may" };
    await route.fulfill({ status: 403, contentType: "application/problem+json", body: JSON.stringify(problem) });
  });
  const settings = new SettingsPage(page);
  await settings.start();
  await settings.ask(4);
  await settings.save.click();
  await expect(page.getByText("You may not change the settings")).toBeVisible();
  await expect(settings.minimum).toContainText("At least 4");
});

test("a rule that is none is told by the API, with what to do", async ({ page, guard }) => {
  guard.tolerate(/status of 400/u);
  const settings = new SettingsPage(page);
  await settings.start();
  await settings.accept({ rule: "NO_SUCH_RULE", reason: "none", owner: "ana", expires: FOREVER });
  await settings.save.click();
  await expect(page.getByText("The request was not accepted")).toBeVisible();
  await expect(page.getByText(/docs\/RULES\.md/u)).toBeVisible();
});
