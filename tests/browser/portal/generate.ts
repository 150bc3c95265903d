import type { Locator } from "@playwright/test";
import { PATHS, Portal } from "./portal";

export class GeneratePage extends Portal {
  readonly principal: Locator = this.page.getByRole("combobox", { name: "Principal" }).or(this.page.getByRole("textbox", { name: "Principal" }));
  readonly run: Locator = this.page.getByRole("button", { name: "Generate", exact: true });

  async start(): Promise<void> {
    await this.open(PATHS.generate);
  }

  async generate(principal: string): Promise<void> {
    await this.principal.fill(principal);
    // What is offered while one types lies over the button.
    await this.principal.press("Escape");
    await this.run.click();
  }
}
