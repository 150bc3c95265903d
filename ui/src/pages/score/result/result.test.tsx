import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { afterEach, expect, test, vi } from "vitest";
import type { Schemas } from "../../../api/client";
import { TextsProvider, loadLanguage } from "../../../text/context";
import { NO_OPTIONS } from "../asked";
import Result from "./index";

afterEach(cleanup);

const ANSWER: Schemas["ScoreAnswer"] = { type: "identity", score: 9, risk: 2, graded_by: "rules", findings: [], more_findings: 0, suppressed: [], escalations: [], compliance: [] };
const UNREADABLE = { ...ANSWER, score: null, risk: null };

async function show(answer: Schemas["ScoreAnswer"]) {
  const first = await loadLanguage("en");
  const nothing = () => undefined;
  render(
    <MemoryRouter>
      <TextsProvider first={first}>
        <Result graded={{ asked: { text: "[]", options: NO_OPTIONS }, answer, round: 1 }} isStale={false} isLoading={false} onAgain={nothing} onReveal={nothing} onUse={nothing} />
      </TextsProvider>
    </MemoryRouter>,
  );
}

// What an editor shows of a policy is tested with it.
vi.mock("../../../policy/side-by-side", () => ({ SideBySide: () => null }));

test.each([
  ["cannot be read", UNREADABLE, /not known/],
  ["is no identity policy", { ...ANSWER, type: "trust" }, /Only an identity policy/],
])("of a policy that %s it is not said that no way to more access is open", async (_, answer, hint) => {
  await show(answer);
  fireEvent.click(screen.getByRole("tab", { name: "Escalations" }));
  expect(screen.getByText("Not looked at")).toBeTruthy();
  expect(screen.getByText(hint)).toBeTruthy();
  expect(screen.queryByText("No way to more access is open")).toBeNull();
});

test("of one that was looked at it is", async () => {
  await show(ANSWER);
  fireEvent.click(screen.getByRole("tab", { name: "Escalations (0)" }));
  expect(screen.getByText("No way to more access is open")).toBeTruthy();
});
