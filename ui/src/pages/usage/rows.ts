import type { Schemas } from "../../api/client";

export const OUTCOMES = ["allowed", "failed", "denied"] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** How often and when: what every count of the API carries. */
export interface Counted {
  calls: number;
  first_seen?: string;
  last_seen?: string;
  regions?: string[];
  days?: Record<string, number>;
  /** Time and id of some of the events. */
  samples?: [time: string, event: string][];
}

/** One permission on one resource, as a principal used it. */
export interface UsageRow extends Counted {
  account: string;
  action: string;
  resource: string;
  /** The resource is a pattern: there were too many to count one by one. */
  generalized?: boolean;
  /** The AWS service in between. */
  via?: string;
  outcome: Outcome;
  /** Refused because of the credentials, which no policy changes. */
  credentials_refused?: boolean;
  context?: Record<string, string>;
}

/** The API's file can only say "object" of these rows. */
export function usageRows(usage: Schemas["PrincipalUsage"]): UsageRow[] {
  return usage.usage as unknown as UsageRow[];
}

export function serviceOf(action: string): string {
  return action.split(":", 1)[0] ?? "";
}

export type OutcomeCounts = Record<Outcome, number>;

/** Calls per UTC day, by what became of them. */
export function callsPerDay(rows: readonly UsageRow[]): Record<string, OutcomeCounts> {
  const days: Record<string, OutcomeCounts> = {};
  for (const { outcome, days: counts } of rows) {
    for (const [day, calls] of Object.entries(counts ?? {})) {
      days[day] ??= { allowed: 0, failed: 0, denied: 0 };
      days[day][outcome] += calls;
    }
  }
  return days;
}

/** What a principal is called in little room: the last part of its ARN. */
export function shortName(principal: string): string {
  const last = principal.slice(Math.max(principal.lastIndexOf("/"), principal.lastIndexOf(":")) + 1);
  return last || principal;
}
