import type { Locator } from "@playwright/test";
import { PATHS, Portal } from "./portal";

export class UsagePage extends Portal {
  readonly mostActive: Locator = this.page.getByRole("heading", { name: "Most active principals" });

  async start(query = ""): Promise<void> {
    await this.open(PATHS.usage + query);
    await this.mostActive.waitFor();
  }

  /** A principal by the last part of its name. */
  principal(name: string): Locator {
    return this.page.getByRole("main").getByRole("link", { name: new RegExp(`${name}$`, "u") }).first();
  }
}
