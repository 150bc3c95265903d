/** What `/diff` and `/simulate` know policies as. */
export const POLICY_TYPES = ["identity", "resource", "trust", "boundary", "session", "scp", "rcp", "endpoint"] as const;
export type PolicyType = (typeof POLICY_TYPES)[number];

/** As chosen, where `auto` leaves it to the policies: of a resource where a statement names a principal. */
export function typeOf(choice: string, ...policies: unknown[]): PolicyType {
  const chosen = POLICY_TYPES.find((type) => type === choice);
  return chosen ?? (policies.some(namesPrincipal) ? "resource" : "identity");
}

/** The documents of a parsed text: one, or a list of them. */
export function documentsOf(policy: unknown): unknown[] {
  return Array.isArray(policy) ? policy : [policy];
}

/** The statements of a document: one, or a list of them. */
export function statementsOf(document: unknown): unknown[] {
  const statement = isObject(document) ? document.Statement : undefined;
  if (statement === undefined) return [];
  return Array.isArray(statement) ? statement : [statement];
}

function namesPrincipal(policy: unknown): boolean {
  return documentsOf(policy)
    .flatMap(statementsOf)
    .some((statement) => isObject(statement) && ("Principal" in statement || "NotPrincipal" in statement));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
