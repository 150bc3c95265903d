import Alert from "@cloudscape-design/components/alert";
import Badge from "@cloudscape-design/components/badge";
import Box from "@cloudscape-design/components/box";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { Schemas } from "../../../api/client";
import { useTexts } from "../../../text/context";
import { EmptyState } from "../../../ui/empty-state";
import { Said } from "../../../ui/said";
import { Codes } from "./controls";

type Advice = Schemas["Advice"];
const LEAST_DOLLARS = 0.001;

/** What a model said, marked as that; or that none was asked. */
export function Explanation({ advice, onCode }: { advice: Advice | null | undefined; onCode: (code: string) => void }) {
  const { texts } = useTexts();
  const words = texts.score.explanation;
  if (!advice) {
    return (
      <EmptyState title={words.rulesAlone}>
        <SpaceBetween size="xs">
          <div>{words.rulesAloneHint}</div>
          <div>{words.configure}</div>
        </SpaceBetween>
      </EmptyState>
    );
  }
  return (
    <SpaceBetween size="m">
      <Alert type="info" header={<Badge color="blue">{words.byModel}</Badge>}>
        {words.byModelHint}
      </Alert>
      {advice.explanation ? <Paragraphs text={advice.explanation} /> : <Box variant="strong">{words.none}</Box>}
      {advice.cited.length > 0 && (
        <div className="score-codes">
          <Box variant="span">{words.cites}</Box>
          <Codes codes={advice.cited} onCode={onCode} />
        </div>
      )}
      <Notes notes={advice.notes} />
      <Spent advice={advice} />
    </SpaceBetween>
  );
}

/** A model's words: paragraphs, and code in backticks. */
export function Paragraphs({ text }: { text: string }) {
  return (
    <div className="score-explanation">
      {text
        .split(/\n{2,}/)
        .filter((paragraph) => paragraph.trim())
        .map((paragraph, index) => (
          <p key={index}>
            <Said>{paragraph}</Said>
          </p>
        ))}
    </div>
  );
}

/** What of a model's answer was dropped, and why. */
export function Notes({ notes }: { notes: readonly string[] }) {
  const { texts } = useTexts();
  if (notes.length === 0) return null;
  return (
    <Alert type="warning" header={texts.score.explanation.dropped} statusIconAriaLabel={texts.common.severity.warning}>
      <ul className="score-notes" lang="en">
        {notes.map((note, index) => (
          <li key={index}>
            <Said>{note}</Said>
          </li>
        ))}
      </ul>
    </Alert>
  );
}

function Spent({ advice }: { advice: Advice }) {
  const { texts, format } = useTexts();
  const words = texts.score.explanation;
  const { input_tokens: input, output_tokens: output, dollars } = advice.usage;
  const cost =
    typeof dollars !== "number" ? words.costUnknown : dollars < LEAST_DOLLARS ? `< US$ ${format.number(LEAST_DOLLARS)}` : `US$ ${format.number(dollars)}`;
  return (
    <Box color="text-body-secondary" fontSize="body-s">
      {words.model}: <code>{advice.model}</code>
      {advice.kept ? ` · ${words.kept}` : ` · ${words.tokens}: ${format.number(input + output)} · ${words.cost}: ${cost}`}
    </Box>
  );
}
