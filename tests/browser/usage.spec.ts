import { UsagePage } from "./portal/usage";
import { startServe } from "./support/serve";
import { expect, test } from "./support/test";

const withNothing = test.extend({
  baseURL: async ({}, use) => {
    const serve = await startServe([]);
    await use(serve.address);
    await serve.stop();
  },
});

withNothing("a store with nothing in it tells how numbers come", async ({ page }) => {
  const usage = new UsagePage(page);
  await usage.open("/usage");
  await expect(page.getByText("Nothing was counted yet")).toBeVisible();
  await expect(page.getByText("leastwise analyze").first()).toBeVisible();
});

test("what was counted from the sample trail is shown: totals, principals, services", async ({ page }) => {
  const usage = new UsagePage(page);
  await usage.start();
  for (const heading of ["Totals", "Events over time", "Most active principals", "Most used services", "Asked for and refused", "All principals"]) {
    await expect(page.getByRole("heading", { name: heading }).first()).toBeVisible();
  }
  await expect(usage.principal("orders-api")).toBeVisible();
});

test("a principal's page says what it used, and leads to its policies", async ({ page }) => {
  const usage = new UsagePage(page);
  await usage.start();
  await usage.principal("orders-api").click();
  await expect(usage.title).toContainText("orders-api");
  await expect(page).toHaveURL(/\/usage\/principal\?arn=/u);
  await expect(page.getByRole("heading", { name: "Calls over time" }).first()).toBeVisible();
  await page.getByRole("button", { name: "Generate policies" }).or(page.getByRole("main").getByRole("link", { name: "Generate policies" })).first().click();
  await expect(usage.title).toHaveText("Generate policies");
});

test("filters stand in the address: who opens it sees the same", async ({ page }) => {
  const usage = new UsagePage(page);
  await usage.start("?principal=orders");
  await expect(page.getByRole("main").getByPlaceholder(/./u).or(page.getByRole("main").getByRole("searchbox")).or(page.getByLabel("Principal")).first()).toHaveValue(/orders/u);
  await expect(usage.principal("orders-api")).toBeVisible();
  await page.reload();
  await expect(page).toHaveURL(/principal=orders/u);
  await expect(usage.principal("orders-api")).toBeVisible();
});

test("an address of nobody tells what to do", async ({ page }) => {
  const usage = new UsagePage(page);
  await usage.open("/usage/principal");
  await expect(page.getByText("No principal was chosen")).toBeVisible();
});
