export function isText(value: unknown): value is string {
  return typeof value === "string";
}

export function isTruth(value: unknown): value is boolean {
  return typeof value === "boolean";
}

/** Whether something has fields at all. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
