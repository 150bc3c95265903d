import Button from "@cloudscape-design/components/button";
import { useTexts } from "../../text/context";
import { visible } from "../../ui/visible";
import type { Decider } from "./replay";
import type { StatementPlace } from "./statements";

interface StatementLinkProps {
  statement: Decider;
  places: StatementPlace[][];
  onFollow: () => void;
}

/** Names a statement and leads to it in its editor. */
export function StatementLink({ statement, places, onFollow }: StatementLinkProps) {
  const { texts } = useTexts();
  const sid = places[statement.policy]?.[statement.statement]?.sid;
  const name = texts.compare.statement(statement.statement + 1, sid && visible(sid));
  return (
    <Button variant="inline-link" onClick={onFollow}>
      {places.length > 1 ? texts.compare.ofDocument(name, statement.policy + 1) : name}
    </Button>
  );
}
