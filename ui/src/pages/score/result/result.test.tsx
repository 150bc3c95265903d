import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { afterEach, expect, test, vi } from "vitest";
import type { Schemas } from "../../../api/client";
import { TextsProvider, loadLanguage } from "../../../text/context";
import type { Language } from "../../../text/languages";
import { saveText } from "../../../ui/save-text";
import { NO_OPTIONS } from "../asked";
import Result from "./index";

afterEach(cleanup);

const ANSWER: Schemas["ScoreAnswer"] = { type: "identity", score: 9, risk: 2, graded_by: "rules", findings: [], more_findings: 0, suppressed: [], escalations: [], compliance: [] };
const FINDING = { code: "X", severity: "warning", path: "", line: 1, column: 1, end_line: 1, end_column: 2, message: "", title: "X", why: "", instead: "", controls: [] };
const UNREADABLE = { ...ANSWER, score: null, risk: null };

async function show(answer: Schemas["ScoreAnswer"], text = "[]", language: Language = "en") {
  const first = await loadLanguage(language);
  const nothing = () => undefined;
  render(
    <MemoryRouter>
      <TextsProvider first={first}>
        <Result graded={{ asked: { text, options: NO_OPTIONS }, answer, round: 1 }} isStale={false} isLoading={false} onAgain={nothing} onReveal={nothing} onUse={nothing} />
      </TextsProvider>
    </MemoryRouter>,
  );
}

// What an editor shows of a policy is tested with it.
vi.mock("../../../policy/side-by-side", () => ({ SideBySide: () => null }));
vi.mock("../../../policy/editor", () => ({ PolicyEditor: () => null }));
vi.mock("../../../ui/save-text", () => ({ saveText: vi.fn() }));

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

test("what is downloaded as the original is the text that was asked about", async () => {
  const saved = vi.mocked(saveText);
  const policy = { Version: "2012-10-17", Statement: [] };
  const text = ' {"Version": "2012-10-17",\n"Statement": [{"Condition": {"NumericEquals": {"s3:max-keys": 9007199254740993}}}]}';
  const better = { policy, effect: "narrower", applied: [], left: [], apply: ["aws iam put-role-policy"], roll_back: [], score: 9, risk: 2 };
  await show({ ...ANSWER, better }, text);
  fireEvent.click(screen.getByRole("button", { name: "Take it with you" }));
  fireEvent.click(await screen.findByRole("button", { name: "AWS CLI" }));
  fireEvent.click(screen.getByRole("button", { name: "Download: original.json" }));
  expect(saved).toHaveBeenCalledWith(text, "original.json", "application/json");
});

test("of a policy that cannot be read it is not said that no rule has anything to say", async () => {
  await show(UNREADABLE);
  expect(screen.getByRole("tab", { name: "Findings" })).toBeTruthy();
  expect(screen.getByText(/no policy here that a rule could read/)).toBeTruthy();
  expect(screen.getByText(/There is no policy in this text/)).toBeTruthy();
  expect(screen.getByText(/Only a policy that can be read/)).toBeTruthy();
  expect(screen.queryByText(/No rule has|Mend the errors|No findings/)).toBeNull();
});

test("where every finding is accepted that is said, and not that there is none", async () => {
  await show({ ...ANSWER, suppressed: [{ finding: FINDING, reason: "a sandbox", owner: "ana", expires: "2099-12-31" }] });
  expect(screen.getByText("Every finding is accepted")).toBeTruthy();
  expect(screen.getByText(/what is accepted is not mended/)).toBeTruthy();
  expect(screen.queryByText(/No rule has|No findings/)).toBeNull();
});

test.each([
  ["es", "Los hallazgos se describen en inglés"],
  ["pt", "As constatações são descritas em inglês"],
] as const)("in %s it is said that findings are in English", async (language, said) => {
  await show({ ...ANSWER, findings: [FINDING] }, "{}", language);
  expect(screen.getByText(new RegExp(said))).toBeTruthy();
});
