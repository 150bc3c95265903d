import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { useState } from "react";
import { afterEach, expect, test, vi } from "vitest";
import type { Schemas } from "../../../api/client";
import { TextsProvider, loadLanguage } from "../../../text/context";
import { type Graded, NO_OPTIONS } from "../asked";
import type { Turn } from "./conversation";
import { FollowUp } from "./follow-up";

afterEach(cleanup);

const POLICY = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }] };
const PROPOSAL = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "s3:Get*", Resource: "*" }] };
const ADVICE: Schemas["Advice"] = { model: "scripted", explanation: "It may do anything.", cited: [], notes: [], kept: false, usage: { input_tokens: 1, output_tokens: 1 } };

function answered(advice: Schemas["Advice"] | null): Schemas["ScoreAnswer"] {
  return { type: "identity", graded_by: "rules", score: 3, risk: 60, advice, findings: [], more_findings: 0, suppressed: [], escalations: [], compliance: [] };
}

async function show(advice: Schemas["Advice"] | null, onShow: (version: string) => void = () => undefined) {
  const first = await loadLanguage("en");
  const graded: Graded = { asked: { text: JSON.stringify(POLICY), options: { ...NO_OPTIONS, minimum: 8 } }, answer: answered(advice), round: 1 };
  function Harness() {
    const [turns, setTurns] = useState<Turn[]>([]);
    return (
      <TextsProvider first={first}>
        <FollowUp graded={graded} previous={PROPOSAL} turns={turns} onTurns={setTurns} onShow={onShow} />
      </TextsProvider>
    );
  }
  render(<Harness />);
}

function modelSays(advice: Schemas["Advice"] | null) {
  const scripted = vi.fn(async (request: Request) => {
    const asked: unknown = await request.clone().json();
    return { asked, response: new Response(JSON.stringify(answered(advice)), { headers: { "Content-Type": "application/json" } }) };
  });
  vi.stubGlobal("fetch", async (request: Request) => (await scripted(request)).response);
  return scripted;
}

function ask(question: string) {
  const input = screen.getByRole("textbox", { name: "What should change?" });
  fireEvent.change(input, { target: { value: question } });
  fireEvent.click(screen.getByRole("button", { name: "Ask" }));
}

test("a proposal that passed is shown as verified, and can be looked at", async () => {
  const onShow = vi.fn();
  await show(ADVICE, onShow);
  const scripted = modelSays({ ...ADVICE, explanation: "Writes are gone.", proposal: PROPOSAL });
  ask("make it read only");
  expect(await screen.findByText("Verified")).toBeTruthy();
  expect(screen.getByText("Writes are gone.")).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "Show this version" }));
  expect(onShow).toHaveBeenCalledWith("follow-up-0");
  const { asked } = (await scripted.mock.results[0]?.value) as { asked: unknown };
  // A question is no decision of the gate, whatever was asked at first.
  expect(asked).toMatchObject({ policy: JSON.stringify(POLICY), follow_up: "make it read only", previous: PROPOSAL, minimum: null });
});

test("one that did not is shown as dropped, with the reason", async () => {
  await show(ADVICE);
  modelSays({ ...ADVICE, explanation: null, notes: ["the model's proposal was dropped: it allows s3:* on *, which the original does not"] });
  ask("all of S3");
  expect(await screen.findByText("Dropped")).toBeTruthy();
  expect(screen.getByText(/which the original does not/)).toBeTruthy();
});

test("without a model it says so, and what to do", async () => {
  await show(null);
  expect(screen.getByText("No model is configured")).toBeTruthy();
  expect(screen.queryByRole("textbox")).toBeNull();
});
