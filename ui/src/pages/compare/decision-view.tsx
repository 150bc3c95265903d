import Box from "@cloudscape-design/components/box";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useTexts } from "../../text/context";
import type { Decider, Decision } from "./replay";
import { StatementLink } from "./statement-link";
import type { StatementPlace } from "./statements";

interface DecisionViewProps {
  title: string;
  decision: Decision | undefined;
  places: StatementPlace[][];
  reveal: (statement: Decider) => void;
}

/** How a request is decided under a policy, and by which of its statements. */
export function DecisionView({ title, decision, places, reveal }: DecisionViewProps) {
  const { texts } = useTexts();
  const { outcomes, decidedBy, nothingAllows } = texts.compare;
  if (!decision) return null;
  const names: Record<string, string> = outcomes;
  const allowed = decision.outcome === "allowed";
  return (
    <div>
      <Box variant="awsui-key-label">{title}</Box>
      <StatusIndicator type={allowed ? "success" : decision.outcome === "depends" ? "warning" : "stopped"}>
        {names[decision.outcome] ?? decision.outcome}
      </StatusIndicator>
      {decision.by.map((statement, index) => (
        <div key={index}>
          {decidedBy} <StatementLink statement={statement} places={places} onFollow={() => reveal(statement)} />
        </div>
      ))}
      {decision.by.length === 0 && <div>{decision.outcome === "implicit-deny" ? nothingAllows : decision.reason}</div>}
    </div>
  );
}
