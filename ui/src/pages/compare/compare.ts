import { answer, api, asPolicy } from "../../api/client";
import { ApiProblem } from "../../api/problem";
import { typeOf } from "../../policy/document";
import type { Comparison } from "./result";
import { findStatements } from "./statements";

/** What is compared, and how: two texts as they stand in the editors. */
export interface Asked {
  old: string;
  new: string;
  type: string;
  serviceAware: boolean;
}

/** Asks for the verdict. `notJson` tells which of the two is none, which the API cannot. */
export async function compare(
  asked: Asked,
  notJson: { old: string; new: string },
  signal: AbortSignal,
): Promise<Comparison & { asked: Asked }> {
  const old = parse(asked.old, notJson.old);
  const next = parse(asked.new, notJson.new);
  const type = typeOf(asked.type, old, next);
  const body = { old: asPolicy(asked.old), new: asPolicy(asked.new), type, service_aware: asked.serviceAware };
  return {
    diff: await answer(api.POST("/diff", { body, signal })),
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

function parse(text: string, detail: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ApiProblem({ status: 400, title: "", detail, hint: error instanceof Error ? error.message : undefined });
  }
}
