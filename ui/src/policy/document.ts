import { writeExact } from "./exact";

/** The types of policies, as the API names them. */
export const POLICY_TYPES = ["identity", "resource", "trust", "boundary", "session", "scp", "rcp", "endpoint"] as const;
export type PolicyType = (typeof POLICY_TYPES)[number];

/** As chosen, where `auto` leaves it to the policies: of a resource where a statement names a principal. */
export function typeOf(choice: string, ...policies: unknown[]): PolicyType {
  const chosen = POLICY_TYPES.find((type) => type === choice);
  return chosen ?? (policies.some(namesPrincipal) ? "resource" : "identity");
}

/** A policy as it is shown, sent and saved. */
export function toJson(policy: unknown): string {
  return writeExact(policy, 2);
}

/** The documents of a parsed text: one, or a list of them. */
export function documentsOf(policy: unknown): unknown[] {
  return Array.isArray(policy) ? policy : [policy];
}

/** The statements of a document: one, or a list of them. */
export function statementsOf(document: unknown): unknown[] {
  return isObject(document) ? [...valuesOf(document.Statement)] : [];
}

/** One or many, as policies write them, as a list. */
export function valuesOf<T>(value: T | readonly T[] | undefined): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}

function namesPrincipal(policy: unknown): boolean {
  return documentsOf(policy)
    .flatMap(statementsOf)
    .some((statement) => isObject(statement) && ("Principal" in statement || "NotPrincipal" in statement));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
