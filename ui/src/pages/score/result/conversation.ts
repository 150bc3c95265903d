import type { Schemas } from "../../../api/client";

export type Document = Record<string, unknown>;

/** A question, and what became of it. */
export type Turn = { question: string } & (
  | { state: "asking" | "cancelled" | "no-model" }
  | { state: "verified"; explanation: string | undefined; proposal: Document; refuses: Document | undefined; notes: string[] }
  | { state: "dropped"; explanation: string | undefined; notes: string[] }
  | { state: "failed"; error: unknown }
);

export function begin(turns: readonly Turn[], question: string): Turn[] {
  // A second question takes the place of one that nobody waits for any more.
  return [...settle(turns, (waiting) => ({ question: waiting, state: "cancelled" })), { question, state: "asking" }];
}

/** What became of the question that waits; without one nothing changes. */
export function settle(turns: readonly Turn[], become: (question: string) => Turn): Turn[] {
  return turns.map((turn) => (turn.state === "asking" ? become(turn.question) : turn));
}

/** A proposal comes only after the API has checked it: there is one, or it was dropped. */
export function turnOf(question: string, { advice }: Schemas["ScoreAnswer"]): Turn {
  if (!advice) return { question, state: "no-model" };
  const explanation = advice.explanation ?? undefined;
  if (!advice.proposal) return { question, state: "dropped", explanation, notes: advice.notes };
  return { question, state: "verified", explanation, proposal: advice.proposal, refuses: advice.refuses ?? undefined, notes: advice.notes };
}
