import type { Locator, Page } from "@playwright/test";

export const PATHS = { score: "/", compare: "/compare", usage: "/usage", generate: "/generate", settings: "/settings" } as const;
export type PageName = keyof typeof PATHS;

export type Theme = "light" | "dark";
export const THEMES: Theme[] = ["light", "dark"];

/** What stands around every page, in English. */
export class Portal {
  readonly title: Locator;

  constructor(readonly page: Page) {
    this.title = page.getByRole("heading", { level: 1 });
  }

  /** Of the list of pages, which stands before the page itself. */
  link(name: string): Locator {
    return this.page.getByRole("link", { name, exact: true }).first();
  }

  async open(path: string): Promise<void> {
    await this.page.goto(path);
    await this.title.waitFor();
  }

  /** What the person before this one chose, from the first paint on. */
  async choose(choices: { language?: string; theme?: Theme }): Promise<void> {
    await this.page.addInitScript(({ language, theme }) => {
      if (language) localStorage.setItem("leastwise.language", language);
      if (theme) localStorage.setItem("leastwise.theme", theme);
    }, choices);
  }

  /** Opens a menu of the top bar and takes what it offers. */
  async takeFromTopBar(menu: RegExp, item: string): Promise<void> {
    await this.page.getByRole("button", { name: menu }).first().click();
    await this.page.getByRole("menuitemcheckbox", { name: item }).or(this.page.getByRole("menuitem", { name: item })).click();
  }
}
