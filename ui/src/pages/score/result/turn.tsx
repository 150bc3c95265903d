import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { ProblemView } from "../../../api/problem-view";
import { useTexts } from "../../../text/context";
import { visible } from "../../../ui/visible";
import type { Turn } from "./conversation";
import { Notes, Paragraphs } from "./explanation";

/** A question and what became of it. */
export function TurnView({ turn, onShow, onAgain }: { turn: Turn; onShow: () => void; onAgain: () => void }) {
  const { texts } = useTexts();
  const words = texts.score.followUp;
  return (
    <SpaceBetween size="xs">
      <Box>
        <strong>{words.you}:</strong> {visible(turn.question)}
      </Box>
      <Outcome turn={turn} onShow={onShow} onAgain={onAgain} />
    </SpaceBetween>
  );
}

function Outcome({ turn, onShow, onAgain }: { turn: Turn; onShow: () => void; onAgain: () => void }) {
  const { texts } = useTexts();
  const words = texts.score.followUp;
  switch (turn.state) {
    case "asking":
      return <StatusIndicator type="loading">{words.sending}</StatusIndicator>;
    case "cancelled":
      return <StatusIndicator type="stopped">{words.cancelled}</StatusIndicator>;
    case "no-model":
      return (
        <Alert type="info" header={words.noModel}>
          {words.noModelHint}
        </Alert>
      );
    case "failed":
      return <ProblemView error={turn.error} retry={onAgain} />;
    case "verified":
      return (
        <SpaceBetween size="xs">
          <div className="score-facts">
            <StatusIndicator type="success">{words.verified}</StatusIndicator>
            <span>{words.verifiedHint}</span>
            <Button variant="inline-link" onClick={onShow}>
              {words.show}
            </Button>
          </div>
          {turn.explanation && <Paragraphs text={turn.explanation} />}
          <Notes notes={turn.notes} />
        </SpaceBetween>
      );
    case "dropped":
      return (
        <SpaceBetween size="xs">
          <div className="score-facts">
            <StatusIndicator type="error">{words.dropped}</StatusIndicator>
            {turn.notes.length === 0 && <span>{words.noProposal}</span>}
          </div>
          {turn.explanation && <Paragraphs text={turn.explanation} />}
          <Notes notes={turn.notes} />
        </SpaceBetween>
      );
  }
}
