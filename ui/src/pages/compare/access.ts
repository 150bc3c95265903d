import { ExactNumber } from "../../policy/exact";
import type { Schemas } from "../../api/client";

export type Block = Schemas["Block"];

/** An element of a block with its values: `{ name: "Action", values: ["s3:GetObject"] }`. */
export interface AccessElement {
  name: string;
  values: string[];
}

const ORDER = ["Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource"];

/** What a block allows, element by element, each value a line. */
export function elementsOf(allows: Record<string, unknown>): AccessElement[] {
  return ORDER.filter((name) => name in allows).map((name) => ({ name, values: linesOf(allows[name]) }));
}

/** Each condition as a line: key, operator, values. */
export function conditionsOf(allows: Record<string, unknown>): { key: string; operator: string; values: string[] }[] {
  return entries(allows.Condition).flatMap(([operator, keys]) =>
    entries(keys).map(([key, values]) => ({ key, operator, values: linesOf(values) })),
  );
}

/** A request's context, key by key. */
export function contextOf(request: Record<string, unknown>): { key: string; values: string[] }[] {
  return entries(request.context).map(([key, values]) => ({ key, values: linesOf(values) }));
}

/** Who asks: an ARN, or a service or provider by its kind. */
export function principalOf(request: Record<string, unknown>): string {
  return linesOf(request.principal).join(", ");
}

function linesOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(linesOf);
  if (typeof value === "object" && value !== null && !(value instanceof ExactNumber)) {
    return entries(value).flatMap(([kind, inner]) => linesOf(inner).map((line) => `${kind}: ${line}`));
  }
  return value === undefined || value === null ? [] : [String(value)];
}

function entries(value: unknown): [string, unknown][] {
  return typeof value === "object" && value !== null ? Object.entries(value) : [];
}
