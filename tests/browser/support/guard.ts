import type { BrowserContext, Page } from "@playwright/test";

/**
 * Watches what no test may see: a violation of the content security policy, an error in the console or in a script, a
 * request that fails, and a request to anybody but the portal's own origin.
 */
export class Guard {
  private readonly seen: string[] = [];
  private readonly tolerated: RegExp[] = [];
  private readonly origins = new Set<string>();

  constructor(address: string) {
    this.origins.add(new URL(address).origin);
  }

  /** What a test makes happen on purpose. */
  tolerate(...patterns: RegExp[]): void {
    this.tolerated.push(...patterns);
  }

  /** An origin that a test has reason to go to, such as one that stands in for a sign-in's provider. */
  allowOrigin(origin: string): void {
    this.origins.add(origin);
  }

  complaints(): string[] {
    return this.seen.filter((complaint) => !this.tolerated.some((pattern) => pattern.test(complaint)));
  }

  async watch(context: BrowserContext): Promise<void> {
    // The browser tells the page; the page tells the console, which is listened to.
    await context.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => {
        console.error(`content security policy: ${effectiveDirective} refuses ${blockedURI}`);
      });
    });
    context.on("request", (request) => {
      const url = new URL(request.url());
      const isWithin = ["data:", "blob:", "about:"].includes(url.protocol);
      if (!isWithin && !this.origins.has(url.origin)) this.seen.push(`request to another origin: ${request.url()}`);
    });
    context.on("requestfailed", (request) => {
      const reason = request.failure()?.errorText ?? "";
      // The portal gives up questions whose answer nobody waits for any more.
      if (reason !== "net::ERR_ABORTED") this.seen.push(`request failed: ${request.url()}: ${reason}`);
    });
    context.on("page", (page) => this.listen(page));
  }

  private listen(page: Page): void {
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") this.seen.push(`console ${message.type()}: ${message.text()}`);
    });
    page.on("pageerror", (error) => this.seen.push(`script error: ${error.message}`));
    page.on("crash", () => this.seen.push("the page crashed"));
  }
}
