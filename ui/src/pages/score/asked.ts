import { type Schemas, asPolicy } from "../../api/client";
import { isRecord, isText } from "../../drafts/shapes";

/** What is chosen beside the policy. Empty means: not said. */
export interface ScoreOptions {
  type: string;
  ask: string;
  language: string;
  principal: string;
  minimum: number | null;
}

export const NO_OPTIONS: ScoreOptions = { type: "", ask: "", language: "", principal: "", minimum: null };

export function isScoreOptions(value: unknown): value is ScoreOptions {
  if (!isRecord(value)) return false;
  const { minimum, ...texts } = value;
  return [texts.type, texts.ask, texts.language, texts.principal].every(isText) && (minimum === null || typeof minimum === "number");
}

export const ASKS = ["general", "trust", "resource", "compliance", "risk"] as const;

/** A question as it was asked: the answer's lines are those of this text. */
export interface Asked {
  text: string;
  options: ScoreOptions;
}

export interface Graded {
  asked: Asked;
  answer: Schemas["ScoreAnswer"];
  /** Another one each time, also for the same question. */
  round: number;
}

/** `language` is the portal's, for when none was chosen. */
export function bodyOf({ text, options }: Asked, language: string): Schemas["ScoreRequest"] {
  const body: Schemas["ScoreRequest"] = { policy: asPolicy(text), language: options.language || language };
  if (options.type) body.type = options.type;
  if (options.ask) body.ask = options.ask;
  if (options.principal.trim()) body.principal = options.principal.trim();
  if (options.minimum !== null) body.minimum = options.minimum;
  return body;
}

export function isSameQuestion(one: Asked, other: Asked): boolean {
  return (
    one.text === other.text &&
    (Object.keys(NO_OPTIONS) as (keyof ScoreOptions)[]).every((key) => one.options[key] === other.options[key])
  );
}
