import { ComparePage } from "./portal/compare";
import { ScorePage } from "./portal/score";
import { Guard } from "./support/guard";
import { NARROW, WIDER } from "./support/policies";
import { type Serve, startServe } from "./support/serve";
import { expect, test } from "./support/test";

test("offline, the portal says so, keeps what was typed, and goes on when the connection is back", async ({ page, context, guard }) => {
  guard.tolerate(/ERR_INTERNET_DISCONNECTED/u);
  const compare = new ComparePage(page);
  await compare.start(NARROW, WIDER);
  await context.setOffline(true);
  await expect(page.getByText("You are offline.")).toBeVisible();
  await compare.run.click();
  await expect(page.getByText("Nothing answers")).toBeVisible();
  await expect(compare.new).toContainText("s3:PutObject");

  await context.setOffline(false);
  await expect(page.getByText("You are offline.")).toBeHidden();
  await compare.compare();
  await expect(compare.verdict).toContainText("New access");
});

// A server that this test may stop, and that stops with it in any case.
const stopping = test.extend<{ own: Serve }>({
  own: async ({}, use) => {
    const serve = await startServe();
    await use(serve);
    await serve.stop();
  },
});

stopping("a server that is gone is told on every page, with a way to try again", async ({ browser, own: serve }) => {
  const context = await browser.newContext({ baseURL: serve.address });
  const guard = new Guard(serve.address);
  guard.tolerate(/ERR_CONNECTION_REFUSED/u);
  await guard.watch(context);
  const page = await context.newPage();
  const score = new ScorePage(page);
  await score.start(NARROW);
  const compare = new ComparePage(page);
  await compare.open("/usage");
  await compare.link("Generate").click();
  await expect(compare.title).toHaveText("Generate policies");
  await serve.stop();

  await compare.link("Usage").click();
  await expect(page.getByText("Nothing answers").first()).toBeVisible();
  await expect(page.getByRole("button", { name: "Try again" }).first()).toBeVisible();
  await compare.link("Score").click();
  await expect(score.editor).toContainText("example-orders");
  await score.run.click();
  await expect(page.getByText("Nothing answers").first()).toBeVisible();
  expect(guard.complaints()).toEqual([]);
  await context.close();
});

test("an API that fails at the start is told, and asked again", async ({ page, guard }) => {
  guard.tolerate(/status of 503/u);
  let fails = true;
  await page.route("**/api/sign-in", (route) => (fails ? route.fulfill({ status: 503, json: {} }) : route.fallback()));
  await page.goto("/");
  await expect(page.getByText("leastwise is busy")).toBeVisible();
  fails = false;
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Score a policy");
});
