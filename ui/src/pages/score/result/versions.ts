import type { Schemas } from "../../../api/client";
import { toJson } from "../../../policy/document";
import { findDuplicateKey } from "../../../policy/duplicates";
import { NUMBER, numbersOf, parseExact } from "../../../policy/exact";
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
export function versionsOf({ better, advice }: Schemas["ScoreAnswer"], turns: readonly Turn[], original: string): Version[] {
  const versions: Version[] = [];
  if (better) {
    const { policy, applied, left } = better;
    const text = toJson(policy);
    const effect = changesNumbers(text, original) ? "numbers-changed" : better.effect;
    versions.push({ id: "rules", from: "rules", number: 0, policy, text, effect, refuses: undefined, score: better.score ?? null, risk: better.risk ?? null, applied, left });
  }
  if (advice?.proposal) versions.push(proposed("model", "model", 0, advice.proposal, advice.refuses ?? undefined));
  turns.forEach((turn, index) => {
    if (turn.state === "verified") versions.push(proposed(followUpId(index), "follow-up", index + 1, turn.proposal, turn.refuses));
  });
  return versions;
}

// Rules change no number: one that the original does not have was rounded on the way, and what is proved is of another text.
function changesNumbers(text: string, original: string): boolean {
  const known = new Set(original.match(NUMBER));
  return numbersOf(text).some((number) => !known.has(number));
}

export function followUpId(index: number): string {
  return `follow-up-${index}`;
}

/** The original written the same way, so that only what it says differs; as it came where that would not say the same. */
export function rewritten(text: string): string {
  try {
    return findDuplicateKey(text) ? text : toJson(parseExact(text));
  } catch {
    return text;
  }
}

// The API shows a model's proposal only where it is narrower than the original.
function proposed(id: string, from: Version["from"], number: number, policy: Document, refuses: Document | undefined): Version {
  return { id, from, number, policy, text: toJson(policy), effect: "narrower", refuses, score: null, risk: null, applied: [], left: [] };
}
