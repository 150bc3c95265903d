import { ComparePage } from "./portal/compare";
import { paste } from "./support/keyboard";
import { NARROW, WIDER } from "./support/policies";
import { expect, test } from "./support/test";

test("two policies are compared: what is added, what is removed, and a request that shows it", async ({ page }) => {
  const compare = new ComparePage(page);
  await compare.start(NARROW, WIDER);
  await compare.compare();
  await expect(compare.verdict).toContainText("New access");
  await expect(compare.verdict).toContainText("1 block added, 1 removed.");
  await expect(page.getByRole("heading", { name: "Added access" })).toBeVisible();
  await expect(page.getByRole("code").filter({ hasText: "s3:PutObject" }).first()).toBeVisible();
  await expect(page.getByText("A part of this is gone")).toBeVisible();

  await compare.replay();
  await expect(page.getByText("Denied: nothing allows it")).toBeVisible();
  await expect(page.getByText("Allowed", { exact: true })).toBeVisible();
});

test("a block leads to its statement in the editor", async ({ page }) => {
  const compare = new ComparePage(page);
  await compare.start(NARROW, WIDER);
  await compare.compare();
  await page.getByRole("button", { name: "Statement 1 (Read)" }).first().click();
  await expect(compare.new).toBeFocused();
});

test("turned around, the same policies remove what they added", async ({ page }) => {
  const compare = new ComparePage(page);
  await compare.start(NARROW, NARROW);
  await compare.compare();
  await expect(compare.verdict).toContainText("No new access");
  await expect(page.getByText("Both allow the same")).toBeVisible();

  await compare.takeSample("A wildcard, tightened");
  await expect(page.getByText("The policies or choices have changed since this comparison.")).toBeVisible();
  await compare.run.click();
  await expect(compare.verdict).toContainText("Proved");
  await expect(page.getByRole("heading", { name: "Removed access" })).toBeVisible();
  await page.getByRole("button", { name: "Swap" }).click();
  await compare.run.click();
  await expect(page.getByRole("heading", { name: "Added access" })).toBeVisible();
});

test("what cannot be decided is said in plain words", async ({ page }) => {
  const compare = new ComparePage(page);
  await compare.start();
  await compare.takeSample("Conditions that cannot be decided");
  await compare.compare();
  await expect(compare.verdict).toContainText("Inconclusive");
  await expect(compare.verdict).toContainText("aws:sourcevpc with values of several kinds");
});

test("a policy of a resource is compared as one, and names who gets in", async ({ page }) => {
  const compare = new ComparePage(page);
  await compare.start();
  await compare.takeSample("A queue, opened to everybody");
  await compare.compare();
  await expect(page.getByText("Compared as: Resource policy")).toBeVisible();
  await expect(page.getByText("Principals", { exact: true })).toBeVisible();
  await compare.replay();
  await expect(page.getByText("Allowed", { exact: true })).toBeVisible();
});

test("which of the two is no JSON is told, and both are kept", async ({ page }) => {
  const compare = new ComparePage(page);
  await compare.start(NARROW, '{"Version": ');
  await compare.run.click();
  await expect(page.getByText("The new policy is no JSON.")).toBeVisible();
  await expect(compare.new).toContainText('{"Version":');
});

test("a key that stands twice is refused at its editor, and there is no verdict", async ({ page }) => {
  const compare = new ComparePage(page);
  await compare.start(NARROW, NARROW);
  await compare.compare();
  await expect(compare.verdict).toContainText("No new access");
  await paste(compare.new, '{"Version": "2012-10-17", "Statement": [],\n "Statement": []}');
  await compare.run.click();
  await expect(page.getByText("In the new policy, Statement stands twice in one object: the second time in line 2, column 2.")).toBeVisible();
  await expect(compare.new.locator(".cm-lintRange-error").first()).toBeVisible();
  await expect(page.getByText("No new access")).toBeHidden();
});

test("what was not understood is said above the verdict, and in the report", async ({ page }) => {
  await page.route("**/api/diff", async (route) => {
    const response = await route.fetch();
    const warnings = [{ policy: "new", message: "`StringEqualz` is no operator", line: 7, column: 9 }];
    await route.fulfill({ response, json: { ...((await response.json()) as object), warnings } });
  });
  const compare = new ComparePage(page);
  await compare.start(NARROW, WIDER);
  await compare.compare();
  const warning = page.getByText("New policy, line 7: StringEqualz is no operator");
  await expect(warning).toBeVisible();
  const [above, verdict] = [await warning.boundingBox(), await compare.verdict.boundingBox()];
  expect(above?.y).toBeLessThan(verdict?.y ?? 0);
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Download: comparison.md" }).click()]);
  expect(Buffer.concat(await (await download.createReadStream()).toArray()).toString()).toContain("- New policy, line 7: `` `StringEqualz` is no operator ``");
});

test("the texts stand side by side on a tab of their own, and the report can be downloaded", async ({ page }) => {
  const compare = new ComparePage(page);
  await compare.start(NARROW, WIDER);
  await compare.compare();
  await page.getByRole("tab", { name: "Text" }).click();
  await expect(page.getByRole("radio", { name: "Side by side" }).or(page.getByRole("button", { name: "Side by side" })).first()).toBeVisible();

  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download: comparison.md" }).click(),
  ]);
  const content = await (await download.createReadStream()).toArray();
  const report = Buffer.concat(content).toString();
  expect(report).toContain("## Change of access: New access");
  expect(report).toContain('"s3:PutObject"');
});

test("while the answer is on its way the button says so, and takes no second question", async ({ page }) => {
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route("**/api/diff", async (route) => {
    await held;
    await route.fallback();
  });
  const compare = new ComparePage(page);
  await compare.start(NARROW, WIDER);
  await compare.run.click();
  await expect(compare.run).toHaveAttribute("aria-disabled", "true");
  release();
  await expect(compare.verdict).toContainText("New access");
  await expect(compare.run).not.toHaveAttribute("aria-disabled", "true");
});

test("another page hands its policies over", async ({ page }) => {
  await page.addInitScript(
    ([old, next]) => {
      sessionStorage.setItem("leastwise.draft.compare.old", JSON.stringify(old));
      sessionStorage.setItem("leastwise.draft.compare.new", JSON.stringify(next));
    },
    [NARROW, WIDER],
  );
  const compare = new ComparePage(page);
  await compare.start();
  await expect(compare.new).toContainText("s3:PutObject");
  await compare.compare();
  await expect(compare.verdict).toContainText("New access");
});

for (const type of ["trust", "boundary", "session", "scp", "rcp", "endpoint"]) {
  test(`the request that shows new access is decided so under policies of type ${type}`, async ({ page }) => {
    const policies = [NARROW, WIDER].map((policy) => {
      // Policies that say who: everybody does, here.
      const named = ["trust", "rcp", "endpoint"].includes(type);
      return named ? policy.replaceAll('"Effect"', '"Principal": "*", "Effect"') : policy;
    });
    await page.addInitScript(([kind]) => sessionStorage.setItem("leastwise.draft.compare.type", JSON.stringify(kind)), [type]);
    const compare = new ComparePage(page);
    await compare.start(...policies);
    await compare.compare();
    await expect(compare.verdict).toContainText("New access");
    await compare.replay();
    await expect(page.getByText("Denied: nothing allows it")).toBeVisible();
    await expect(page.getByText("Allowed", { exact: true })).toBeVisible();
  });
}
