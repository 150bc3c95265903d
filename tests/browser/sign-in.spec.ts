import { expectAccessible } from "./support/accessibility";
import { startServe } from "./support/serve";
import { expect, test } from "./support/test";

const TOKEN = "a-token-of-this-test";

// A server of each test's own, which asks for the token.
const guarded = test.extend({
  baseURL: async ({}, use) => {
    const serve = await startServe(["--sample", "--token", TOKEN]);
    await use(serve.address);
    await serve.stop();
  },
});

guarded("whoever has the token gets in, and out again", async ({ page, guard }) => {
  // The wrong token is refused, which is the point.
  guard.tolerate(/status of 401/u);
  await page.goto("/usage");
  const token = page.getByLabel("Token");
  await expectAccessible(page, "the form for the token");
  await expect(page.getByText("Most active principals")).toBeHidden();

  await token.fill("another");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("This is not the token")).toBeVisible();

  await token.fill(TOKEN);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { name: "Most active principals" })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("heading", { name: "Most active principals" })).toBeVisible();
  const kept = await page.evaluate(() => ({ local: JSON.stringify({ ...localStorage }), session: JSON.stringify({ ...sessionStorage }) }));
  expect(kept.local).not.toContain(TOKEN);
  expect(kept.session).toContain(TOKEN);

  await page.getByRole("button", { name: "Signed in" }).first().click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page.getByLabel("Token")).toBeVisible();
  expect(await page.evaluate(() => JSON.stringify({ ...sessionStorage }))).not.toContain(TOKEN);
});

guarded("a token that is refused later is asked for again, and what was typed is kept", async ({ page, guard }) => {
  guard.tolerate(/status of 401/u);
  await page.addInitScript(() => {
    if (sessionStorage.getItem("leastwise.draft.compare.old")) return;
    sessionStorage.setItem("leastwise.session", JSON.stringify({ bearer: "of yesterday", groups: [] }));
    sessionStorage.setItem("leastwise.draft.compare.old", JSON.stringify('{"Statement": []}'));
    sessionStorage.setItem("leastwise.draft.compare.new", JSON.stringify('{"Statement": []}'));
  });
  await page.goto("/compare");
  await page.getByRole("button", { name: "Compare", exact: true }).click();
  await page.getByLabel("Token").fill(TOKEN);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("textbox", { name: "Old policy" })).toContainText('{"Statement": []}');
});
