import type { Schemas } from "../../../api/client";
import { toJson } from "../../../policy/document";
import type { Document, Turn } from "./conversation";

/** A policy that may take the original's place. */
export interface Version {
  id: string;
  from: "rules" | "model" | "follow-up";
  /** Of the follow-up question, from 1. */
  number: number;
  policy: Document;
  text: string;
  effect: string;
  /** A request that it no longer allows. */
  refuses: Document | undefined;
  /** Null where the API is still to be asked. */
  score: number | null;
  risk: number | null;
  applied: Schemas["Step"][];
  left: Schemas["Step"][];
}

/** What there is to choose from: by rules, by the model, and by each follow-up question that gave something. */
export function versionsOf({ better, advice }: Schemas["ScoreAnswer"], turns: readonly Turn[]): Version[] {
  const versions: Version[] = [];
  if (better) {
    const { policy, effect, applied, left } = better;
    versions.push({ id: "rules", from: "rules", number: 0, policy, text: toJson(policy), effect, refuses: undefined, score: better.score ?? null, risk: better.risk ?? null, applied, left });
  }
  if (advice?.proposal) versions.push(proposed("model", "model", 0, advice.proposal, advice.refuses ?? undefined));
  turns.forEach((turn, index) => {
    if (turn.state === "verified") versions.push(proposed(followUpId(index), "follow-up", index + 1, turn.proposal, turn.refuses));
  });
  return versions;
}

export function followUpId(index: number): string {
  return `follow-up-${index}`;
}

/** The original written the same way, so that only what it says differs; as it came where it is no JSON. */
export function rewritten(text: string): string {
  try {
    return toJson(JSON.parse(text));
  } catch {
    return text;
  }
}

// The API shows a model's proposal only where it is narrower than the original.
function proposed(id: string, from: Version["from"], number: number, policy: Document, refuses: Document | undefined): Version {
  return { id, from, number, policy, text: toJson(policy), effect: "narrower", refuses, score: null, risk: null, applied: [], left: [] };
}
