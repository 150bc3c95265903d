import StatusIndicator, { type StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";
import { useTexts } from "../../text/context";
import type { Outcome } from "./rows";

const TYPES: Record<Outcome, StatusIndicatorProps.Type> = { allowed: "success", failed: "warning", denied: "error" };

export function OutcomeIndicator({ outcome }: { outcome: Outcome }) {
  const { texts } = useTexts();
  return <StatusIndicator type={TYPES[outcome] ?? "info"}>{texts.usage.principal.outcomes[outcome] ?? outcome}</StatusIndicator>;
}
