import type { Locator } from "@playwright/test";
import { paste } from "../support/keyboard";
import { PATHS, Portal } from "./portal";

export class ScorePage extends Portal {
  readonly editor: Locator = this.page.getByRole("textbox", { name: "Policy as JSON" });
  readonly run: Locator = this.page.getByRole("button", { name: "Score", exact: true });
  /** The number, as it is told to those who do not see the gauge. */
  readonly grade: Locator = this.page.getByText(/[\d.]+ out of 10/u).first();

  async start(policy?: string): Promise<void> {
    await this.open(PATHS.score);
    if (policy !== undefined) await paste(this.editor, policy);
  }

  /** Makes the answer a gate. */
  async askFor(minimum: number): Promise<void> {
    await this.page.getByRole("button", { name: "Options" }).click();
    await this.page.getByRole("button", { name: /^Minimum score/u }).click();
    await this.page.getByRole("option", { name: `At least ${minimum}`, exact: true }).click();
  }

  async score(): Promise<void> {
    await this.run.click();
    await this.grade.waitFor({ state: "attached" });
  }
}
