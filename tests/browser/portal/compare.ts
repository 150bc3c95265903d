import type { Locator } from "@playwright/test";
import { paste } from "../support/keyboard";
import { PATHS, Portal } from "./portal";

export class ComparePage extends Portal {
  readonly old: Locator = this.page.getByRole("textbox", { name: "Old policy" });
  readonly new: Locator = this.page.getByRole("textbox", { name: "New policy" });
  readonly run: Locator = this.page.getByRole("button", { name: "Compare", exact: true });
  readonly verdict: Locator = this.page.getByRole("status").first();
  readonly samples: Locator = this.page.getByRole("button", { name: "Samples" });

  async start(old?: string, next?: string): Promise<void> {
    await this.open(PATHS.compare);
    if (old !== undefined) await paste(this.old, old);
    if (next !== undefined) await paste(this.new, next);
  }

  async takeSample(name: string): Promise<void> {
    await this.samples.click();
    await this.page.getByRole("menuitem", { name }).click();
  }

  async compare(): Promise<void> {
    await this.run.click();
    await this.page.getByRole("tab", { name: "Access" }).waitFor();
  }

  /** The first request that shows a difference, opened, and what both policies say to it. */
  async replay(): Promise<void> {
    await this.page.getByRole("button", { name: "A request that shows it" }).first().click();
    await this.page.getByRole("button", { name: "Decide it under both policies" }).first().click();
    await this.page.getByText("Under the new policy").waitFor();
  }
}
