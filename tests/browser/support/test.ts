import { test as base, expect } from "@playwright/test";
import { Guard } from "./guard";
import { type Serve, startServe } from "./serve";

interface OfATest {
  /** Fails the test for what no test may see. */
  guard: Guard;
}

interface OfAWorker {
  serve: Serve;
}

/** A test with a portal of its worker's own, and with the guard on. */
export const test = base.extend<OfATest, OfAWorker>({
  serve: [
    async ({}, use) => {
      const serve = await startServe();
      await use(serve);
      await serve.stop();
    },
    { scope: "worker" },
  ],
  baseURL: async ({ serve }, use) => use(serve.address),
  guard: [
    async ({ context, baseURL }, use) => {
      const guard = new Guard(baseURL ?? "");
      await guard.watch(context);
      await use(guard);
      expect(guard.complaints(), "what no test may see").toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
