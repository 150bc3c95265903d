import { Provider } from "./support/provider";
import { expect, test } from "./support/test";

test("somebody signs in with a provider, returns to the page, and signs out of both", async ({ page, context, guard, baseURL }) => {
  const provider = new Provider();
  guard.allowOrigin(provider.issuer);
  await provider.standBefore(context, baseURL ?? "");
  await page.goto("/usage?principal=orders");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("link", { name: "Sign in as Ana" }).click();
  await expect(page).toHaveURL(/\/usage\?principal=orders$/u);
  await expect(page.getByRole("heading", { name: "Most active principals" })).toBeVisible();
  expect(page.url()).not.toContain("code=");
  const [call] = await Promise.all([page.waitForRequest(/\/api\/stats/u), page.reload()]);
  expect(call.headers().authorization).toMatch(/^Bearer [\w-]+\.[\w-]+\.[\w-]+$/u);

  await page.getByRole("button", { name: "ana@example.com" }).first().click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page.getByText("Signed out")).toBeVisible();
  const logout = provider.asked.find(({ pathname }) => pathname === "/logout");
  expect(logout?.searchParams.get("post_logout_redirect_uri")).toBe(`${baseURL}/`);
  expect(logout?.searchParams.get("id_token_hint")).toBeTruthy();
  await page.goto("/");
  await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
});

for (const [claim, claims] of [
  ["iss", { iss: "https://another.example.test" }],
  ["nonce", { nonce: "of another sign-in" }],
  ["exp", { exp: 1_000_000_000 }],
] as const) {
  test(`a token with a wrong ${claim} lets nobody in`, async ({ page, context, guard, baseURL }) => {
    const provider = new Provider();
    provider.claims = claims;
    guard.allowOrigin(provider.issuer);
    await provider.standBefore(context, baseURL ?? "");
    await page.goto("/");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("link", { name: "Sign in as Ana" }).click();
    await expect(page.getByText("The sign-in did not come to an end")).toBeVisible();
    await expect(page.getByText(claim, { exact: true })).toBeVisible();
    expect(await page.evaluate(() => sessionStorage.getItem("leastwise.session"))).toBeNull();
  });
}
