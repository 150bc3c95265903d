import type { FullConfig, FullResult, Reporter, Suite } from "@playwright/test/reporter";

/** Ends with one line that a person or a script reads: how many passed, and how many did not. */
export default class Counts implements Reporter {
  private suite: Suite | undefined;

  onBegin(_: FullConfig, suite: Suite): void {
    this.suite = suite;
  }

  onEnd(result: FullResult): void {
    const outcomes = { expected: 0, unexpected: 0, flaky: 0, skipped: 0 };
    for (const test of this.suite?.allTests() ?? []) outcomes[test.outcome()] += 1;
    const { expected, unexpected, flaky, skipped } = outcomes;
    const rest = [flaky && `${flaky} passed only when tried again`, skipped && `${skipped} did not run`].filter(Boolean);
    console.log(`\nbrowser tests: ${[`${expected} passed`, `${unexpected} failed`, ...rest].join(", ")} (${result.status})`);
  }
}
