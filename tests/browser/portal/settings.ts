import type { Locator } from "@playwright/test";
import { PATHS, Portal } from "./portal";

export class SettingsPage extends Portal {
  readonly minimum: Locator = this.page.getByRole("button", { name: /^Minimum of every gate/u });
  readonly accepted: Locator = this.page.getByRole("table", { name: "Accepted findings" });
  readonly save: Locator = this.page.getByRole("button", { name: "Save", exact: true });

  async start(): Promise<void> {
    await this.open(PATHS.settings);
    await this.minimum.waitFor();
  }

  async ask(minimum: number): Promise<void> {
    await this.minimum.click();
    await this.page.getByRole("option", { name: `At least ${minimum}`, exact: true }).click();
  }

  async accept(finding: { rule: string; reason: string; owner: string; expires: string }): Promise<void> {
    const rule = this.page.getByRole("textbox", { name: "Rule" });
    if (!(await rule.isVisible())) await this.page.getByRole("button", { name: "Accept a finding" }).click();
    await rule.fill(finding.rule);
    await this.page.getByRole("textbox", { name: "Reason" }).fill(finding.reason);
    await this.page.getByRole("textbox", { name: "Owner" }).fill(finding.owner);
    const day = this.page.getByRole("textbox", { name: /^Last day/u });
    await day.fill(finding.expires);
    await day.blur();
    await this.page.getByRole("button", { name: "Accept", exact: true }).click();
  }

  async keep(): Promise<void> {
    await this.save.click();
    await this.page.getByText("Saved. It holds from the next request on.").waitFor();
  }
}
