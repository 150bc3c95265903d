import { defineConfig } from "@playwright/test";

export default defineConfig({
  testDir: ".",
  outputDir: "../../target/browser-tests",
  fullyParallel: true,
  workers: 2,
  forbidOnly: true,
  timeout: 60_000,
  // Where nothing works, the first few tell why; waiting for the rest would take an hour.
  maxFailures: 8,
  expect: { timeout: 10_000 },
  reporter: [["list"], ["./support/counts.ts"]],
  use: {
    viewport: { width: 1400, height: 900 },
    locale: "en-US",
    // What fails leaves what it saw; what passes leaves nothing.
    screenshot: "only-on-failure",
    trace: "off",
    launchOptions: {
      // The system's Chromium: no browser is ever downloaded.
      executablePath: process.env.LEASTWISE_CHROMIUM ?? "/usr/bin/chromium",
      args: [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
