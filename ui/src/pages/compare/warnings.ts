import type { Schemas } from "../../api/client";
import type { Side } from "./request-view";

/** Something in a policy that was not understood, and so allows nothing. Its line, if there is one, counts from 1. */
export interface Warning {
  policy: Side;
  message: string;
  line: number | undefined;
}

/** Those of an answer; what is no warning is left out. */
export function warningsOf(diff: Schemas["DiffAnswer"]): Warning[] {
  return (diff.warnings ?? []).flatMap((each: unknown) => {
    const { policy, message, line } = (each ?? {}) as Record<string, unknown>;
    if ((policy !== "old" && policy !== "new") || typeof message !== "string") return [];
    return [{ policy, message, line: typeof line === "number" && line > 0 ? line : undefined }];
  });
}
