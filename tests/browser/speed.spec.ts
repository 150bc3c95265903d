import { ScorePage } from "./portal/score";
import { paste } from "./support/keyboard";
import { long } from "./support/policies";
import { expect, test } from "./support/test";

// What a test prints holds on a machine that does nothing else; what it asserts holds on any.
test.describe.configure({ mode: "serial" });

test("the Score page can be used soon after a first visit", async ({ page }) => {
  const score = new ScorePage(page);
  const before = Date.now();
  await page.goto("/", { waitUntil: "commit" });
  await score.editor.click();
  await page.keyboard.insertText("{");
  await expect(score.run).toBeEnabled();
  const usable = Date.now() - before;
  const paint = await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0);
  console.log(`first visit, cold cache: first paint after ${Math.round(paint)} ms, usable after ${usable} ms (2,000 ms are wanted)`);
  expect(usable).toBeLessThan(10_000);
});

test("typing in a policy of 200 lines is smooth", async ({ page }) => {
  const score = new ScorePage(page);
  await score.start();
  await paste(score.editor, long(200));
  await expect(score.editor).toContainText(/Read\d+/u);
  await page.waitForLoadState("networkidle");
  await page.evaluate(() => {
    const tasks: number[] = [];
    Object.assign(window, { tasks });
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: "longtask" });
  });
  await score.editor.press("ControlOrMeta+Home");
  await score.editor.press("End");
  await page.keyboard.press("Enter");
  await page.keyboard.type('"Id": "typed while one looks for long tasks",', { delay: 60 });
  // Findings come a moment after the last key.
  await page.waitForLoadState("networkidle");
  const tasks = await page.evaluate(() => (window as unknown as { tasks: number[] }).tasks);
  const longest = Math.round(Math.max(0, ...tasks));
  console.log(`typing in 200 lines: ${tasks.length} long tasks, the longest ${longest} ms (under 200 ms is wanted)`);
  expect(longest).toBeLessThan(1_000);
});
