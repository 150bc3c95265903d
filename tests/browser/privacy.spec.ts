import { ComparePage } from "./portal/compare";
import { PATHS } from "./portal/portal";
import { ScorePage } from "./portal/score";
import { NARROW, WIDER } from "./support/policies";
import { expect, test } from "./support/test";

test("every page is served with a policy that lets nothing but the portal's own files in", async ({ request }) => {
  for (const path of Object.values(PATHS)) {
    const response = await request.get(path, { headers: { Accept: "text/html" } });
    const policy = response.headers()["content-security-policy"] ?? "";
    const directives = new Map(policy.split(";").map((each) => [each.trim().split(" ")[0], each.trim().split(" ").slice(1).join(" ")]));
    expect(directives.get("default-src"), path).toBe("'none'");
    for (const name of ["script-src", "style-src", "font-src", "connect-src"]) expect(directives.get(name), `${path}: ${name}`).toBe("'self'");
    expect(directives.get("img-src"), path).toBe("'self' data:");
    expect(policy).not.toContain("unsafe");
  }
});

test("drafts survive a reload, in this tab's storage and nowhere else", async ({ page, context }) => {
  const score = new ScorePage(page);
  await score.start(NARROW);
  const compare = new ComparePage(page);
  await compare.start(NARROW, WIDER);
  await compare.compare();
  await page.reload();
  await expect(compare.old).toContainText("example-orders");
  await expect(compare.new).toContainText("s3:PutObject");
  await score.open(PATHS.score);
  await expect(score.editor).toContainText("example-orders");

  const kept = await page.evaluate(() => ({ local: { ...localStorage }, session: Object.keys(sessionStorage) }));
  expect(kept.session).toContain("leastwise.draft.score.policy");
  expect(JSON.stringify(kept.local)).not.toContain("example-orders");
  expect(Object.keys(kept.local).filter((key) => !["leastwise.language", "leastwise.theme"].includes(key))).toEqual([]);
  expect(await context.cookies()).toEqual([]);
  expect(await page.evaluate(async () => (await indexedDB.databases()).length + (await caches.keys()).length)).toBe(0);

  const another = await context.newPage();
  await another.goto(PATHS.score);
  await another.getByRole("heading", { level: 1 }).waitFor();
  expect(await another.evaluate(() => Object.keys(sessionStorage))).toEqual([]);
});

test("a policy goes to the API's own routes in bodies, and never into an address", async ({ page, baseURL }) => {
  const addresses: string[] = [];
  page.on("request", (request) => addresses.push(request.url()));
  const compare = new ComparePage(page);
  await compare.start(NARROW, WIDER);
  await compare.compare();
  await compare.replay();
  expect(addresses.some((address) => address === `${baseURL}/api/diff`)).toBe(true);
  expect(addresses.filter((address) => decodeURIComponent(address).includes("example-orders"))).toEqual([]);
});
