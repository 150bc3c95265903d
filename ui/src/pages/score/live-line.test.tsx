import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { TextsProvider, loadLanguage } from "../../text/context";
import type { LiveFindings } from "./live-findings";
import { LiveLine } from "./live-line";

afterEach(cleanup);

const CHECKED: LiveFindings = { findings: [], more: 0, accepted: 0, refusal: undefined, state: "checked" };

test.each([
  [{}, "No findings"],
  [{ accepted: 2 }, "Every finding is accepted"],
  [{ state: "paused" }, "Findings are paused: the API does not answer"],
  [{ state: "paused", refusal: "`Sid` stands twice" }, "Sid stands twice"],
] as const)("%j is said as %j", async (live, said) => {
  const first = await loadLanguage("en");
  render(
    <TextsProvider first={first}>
      <LiveLine live={{ ...CHECKED, ...live }} />
    </TextsProvider>,
  );
  expect(screen.getByRole("status").textContent).toBe(said);
});
