import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect } from "./test";

// Less than serious to axe, and what screen readers find their way by.
const ALSO = ["region", "landmark-one-main", "landmark-unique", "page-has-heading-one", "heading-order"];

/** No rule of axe's that is serious or critical is broken in what the page shows now, and all of it stands in a landmark. */
export async function expectAccessible(page: Page, state: string): Promise<void> {
  // What moves is looked at when it stands.
  await page.evaluate(() => Promise.all(document.getAnimations().map((each) => each.finished.catch(() => undefined))));
  const { violations } = await new AxeBuilder({ page }).analyze();
  const grave = violations
    .filter(({ id, impact }) => impact === "serious" || impact === "critical" || ALSO.includes(id))
    .flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary}`));
  expect(grave, state).toEqual([]);
}
