import Box from "@cloudscape-design/components/box";
import type { ReactNode } from "react";
import { OUTCOME_COLORS } from "./outcomes";
import "./charts.css";

export interface BarItem {
  key: string;
  name: ReactNode;
  /** Beside the name, smaller. */
  note?: string;
  /** The number in words: the bar says no more than it. */
  text: string;
  calls: number;
  denied: number;
}

/** Who or what has most of something, as bars; what was refused is the striped end. */
export function BarList({ items, label }: { items: readonly BarItem[]; label: string }) {
  const most = Math.max(...items.map(({ calls, denied }) => calls + denied), 1);
  return (
    <ol className="bars" style={OUTCOME_COLORS} aria-label={label}>
      {items.map(({ key, name, note, text, calls, denied }) => (
        <li key={key}>
          <span>
            {name}{" "}
            {note && (
              <Box variant="small" color="text-body-secondary">
                {note}
              </Box>
            )}
          </span>
          <span className="bars-number">{text}</span>
          <span className="bars-track" aria-hidden="true">
            {calls > 0 && <span className="outcome outcome-allowed" style={{ inlineSize: `${(calls / most) * 100}%` }} />}
            {denied > 0 && <span className="outcome outcome-denied" style={{ inlineSize: `${(denied / most) * 100}%` }} />}
          </span>
        </li>
      ))}
    </ol>
  );
}
