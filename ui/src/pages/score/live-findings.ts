import { useEffect, useState } from "react";
import { type Schemas, answer, api, asPolicy } from "../../api/client";
import { ApiProblem } from "../../api/problem";
import { useRequest } from "../../api/use-request";

const PAUSE_MILLISECONDS = 400;
const NO_FINDINGS: Schemas["Finding"][] = [];

export interface LiveFindings {
  findings: Schemas["Finding"][];
  more: number;
  /** How many somebody has accepted. */
  accepted: number;
  /** Why the API takes no such text, where it answers that. */
  refusal: string | undefined;
  /** Whether the findings are those of the text as it stands now. */
  state: "nothing" | "checking" | "checked" | "paused";
}

/** Findings of what is being typed: asked for after a pause, and not waited for once somebody types on. */
export function useLiveFindings(text: string, type: string, ask: boolean): LiveFindings {
  const settled = useSettled(text);
  const nothing = !ask || text.trim() === "";
  const key = nothing || settled.text !== text ? null : `${settled.revision} ${type}`;
  const { data, error, loading, reload } = useRequest(key, (signal) =>
    answer(api.POST("/validate", { body: { policy: asPolicy(settled.text), type: type || null }, signal })),
  );

  // Until the next answer is there the last one stands: the editor moves its marks along with the text.
  const [held, setHeld] = useState(data);
  if (data && data !== held) setHeld(data);

  useEffect(() => {
    if (!error) return;
    window.addEventListener("online", reload);
    return () => window.removeEventListener("online", reload);
  }, [error, reload]);

  if (nothing) return { findings: NO_FINDINGS, more: 0, accepted: 0, refusal: undefined, state: "nothing" };
  return {
    findings: held?.findings ?? NO_FINDINGS,
    more: held?.more_findings ?? 0,
    accepted: held?.suppressed.length ?? 0,
    refusal: error instanceof ApiProblem && error.status < 500 ? error.detail : undefined,
    state: error ? "paused" : loading || !data ? "checking" : "checked",
  };
}

function useSettled(text: string): { text: string; revision: number } {
  const [settled, setSettled] = useState({ text, revision: 0 });
  useEffect(() => {
    if (text === settled.text) return;
    const timer = setTimeout(() => setSettled(({ revision }) => ({ text, revision: revision + 1 })), PAUSE_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [text, settled.text]);
  return settled;
}
