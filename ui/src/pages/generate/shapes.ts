import type { Schemas } from "../../api/client";
import type { Comparison } from "../../ui/drift-view";

/** What the API's file can only call "object" of a generated answer. */

export interface Statement {
  Sid?: string;
  Effect: string;
  Action?: string | string[];
  NotAction?: string | string[];
  Resource?: string | string[];
  NotResource?: string | string[];
  Condition?: Record<string, Record<string, string | string[]>>;
}

export interface LeftOut {
  action: string;
  resource: string;
  via?: string;
  context?: Record<string, string>;
  reason: string;
  allowed_all_the_same?: boolean;
  calls: number;
  last_seen?: string;
}

export interface Generalized {
  action: string;
  pattern: string;
  resources: number;
  at_least: boolean;
  examples: string[];
}

export interface Denied {
  principal: string;
  action: string;
  resource: string;
  credentials_refused?: boolean;
  calls: number;
  last_seen?: string;
}

export interface NotGenerated {
  principal: string;
  kind: string;
  events: number;
  reason: string;
}

export interface ActionEvidence {
  calls: number;
  first_seen?: string;
  last_seen?: string;
}

export type Generated = Omit<Schemas["PrincipalPolicies"], "left_out" | "generalized" | "comparison"> & {
  left_out: LeftOut[];
  generalized: Generalized[];
  comparison?: Comparison | null;
};

export interface Answer {
  principals: Generated[];
  not_generated: NotGenerated[];
  unknown: Schemas["UnknownEvent"][];
  denied: Denied[];
}

export function toAnswer(answer: Schemas["GenerateAnswer"]): Answer {
  return answer as unknown as Answer;
}

/** Whether all that was tried on the policies came out as it should. */
export function isProved({ allowed, requests, needed, pairs, contained }: Schemas["Proof"]): boolean {
  return allowed === requests && needed === pairs && contained;
}
