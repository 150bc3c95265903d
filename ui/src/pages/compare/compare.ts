import { answer, api, asPolicy } from "../../api/client";
import { ApiProblem } from "../../api/problem";
import { typeOf } from "../../policy/document";
import { findDuplicateKey } from "../../policy/duplicates";
import { parseExact } from "../../policy/exact";
import type { Texts } from "../../text/en";
import { visible } from "../../ui/visible";
import type { Side } from "./request-view";
import type { Comparison } from "./result";
import { findStatements } from "./statements";

/** What is compared, and how: two texts as they stand in the editors. */
export interface Asked {
  old: string;
  new: string;
  type: string;
  serviceAware: boolean;
}

interface Place {
  line: number;
  column: number;
}

/** One of the two texts is not taken: which, why, and where in it. */
export class PolicyProblem extends ApiProblem {
  readonly side: Side;
  readonly place: Place | undefined;

  constructor(side: Side, why: { detail: string; hint?: string }, place?: Place) {
    super({ status: 400, title: "", ...why });
    this.name = "PolicyProblem";
    this.side = side;
    this.place = place;
  }
}

type Words = Pick<Texts["compare"], "notJson" | "duplicateKey" | "duplicateKeyHint">;

/** Asks for the verdict. `words` tell which of the two is not taken, and why. */
export async function compare(asked: Asked, words: Words, signal: AbortSignal): Promise<Comparison & { asked: Asked }> {
  const old = parse(asked.old, "old", words);
  const next = parse(asked.new, "new", words);
  const type = typeOf(asked.type, old, next);
  // The texts themselves: what was parsed and written anew is not what somebody would attach.
  const body = { old: asPolicy(asked.old), new: asPolicy(asked.new), type, service_aware: asked.serviceAware };
  return {
    diff: await answer(api.POST("/diff", { body, signal })).catch((error: unknown) => {
      throw atItsPolicy(error);
    }),
    asked,
    texts: { old: asked.old, new: asked.new },
    old,
    new: next,
    type,
    places: { old: findStatements(asked.old), new: findStatements(asked.new) },
  };
}

export function isSame(one: Asked, other: Asked): boolean {
  return one.old === other.old && one.new === other.new && one.type === other.type && one.serviceAware === other.serviceAware;
}

function parse(text: string, side: Side, words: Words): unknown {
  let policy: unknown;
  try {
    policy = parseExact(text);
  } catch (error) {
    throw new PolicyProblem(side, { detail: words.notJson[side], hint: error instanceof Error ? error.message : undefined });
  }
  const duplicate = findDuplicateKey(text);
  if (!duplicate) return policy;
  const { key, line, column } = duplicate;
  throw new PolicyProblem(side, { detail: words.duplicateKey[side](visible(key), line, column), hint: words.duplicateKeyHint }, { line, column });
}

/** The API's refusal, with the policy that it names first: "`new`: ...", "the new policy ...". */
function atItsPolicy(error: unknown): unknown {
  if (!(error instanceof ApiProblem) || error.status !== 400) return error;
  const side = /^(?:the )?`?(old|new)\b/u.exec(error.detail)?.[1];
  if (side !== "old" && side !== "new") return error;
  const place = /\bline (\d+),? column (\d+)/u.exec(error.detail);
  return new PolicyProblem(side, error, place ? { line: Number(place[1]), column: Number(place[2]) } : undefined);
}
