import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { answer as answered, api } from "../../../api/client";
import { isAbort } from "../../../api/problem";
import { useAction } from "../../../api/use-request";
import { useTexts } from "../../../text/context";
import { type Graded, bodyOf } from "../asked";
import { type Document, type Turn, begin, settle, turnOf } from "./conversation";
import { TurnView } from "./turn";
import { followUpId } from "./versions";

// Characters that the API takes.
const LONGEST = 2000;

interface FollowUpProps {
  graded: Graded;
  /** What is refined: the version that is shown. */
  previous: Document | undefined;
  turns: readonly Turn[];
  onTurns: (change: (turns: Turn[]) => Turn[]) => void;
  onShow: (version: string) => void;
}

/** Questions that refine the proposal. Every answer is checked against the original like the first. */
export function FollowUp({ graded, previous, turns, onTurns, onShow }: FollowUpProps) {
  const { texts, language } = useTexts();
  const words = texts.score.followUp;
  const [question, setQuestion] = useState("");
  const { asked, answer } = graded;

  const ask = useAction(async (followUp: string, signal) => {
    onTurns((before) => begin(before, followUp));
    try {
      // Without the minimum: a question is no decision of the gate.
      const body = { ...bodyOf(asked, language), minimum: null, follow_up: followUp, previous };
      const refined = await answered(api.POST("/score", { body, signal }));
      onTurns((before) => settle(before, (waiting) => turnOf(waiting, refined)));
    } catch (error) {
      if (isAbort(error)) return;
      onTurns((before) => settle(before, (waiting) => ({ question: waiting, state: "failed", error })));
    }
  });
  const send = (text: string) => {
    if (!text.trim() || ask.loading) return;
    ask.run(text.trim());
    setQuestion("");
  };
  const cancel = () => {
    ask.cancel();
    onTurns((before) => settle(before, (waiting) => ({ question: waiting, state: "cancelled" })));
  };

  return (
    <Container header={<Header variant="h2" description={words.hint}>{words.title}</Header>}>
      {!answer.advice && (
        <Alert type="info" header={words.noModel}>
          {words.noModelHint}
        </Alert>
      )}
      {answer.advice && (
        <SpaceBetween size="m">
          {turns.length > 0 && (
            <ol className="score-turns" aria-label={words.conversation} aria-live="polite">
              {turns.map((turn, index) => (
                <li key={index}>
                  <TurnView turn={turn} onShow={() => onShow(followUpId(index))} onAgain={() => send(turn.question)} />
                </li>
              ))}
            </ol>
          )}
          <form
            data-own-enter=""
            onSubmit={(event) => {
              event.preventDefault();
              send(question);
            }}
          >
            <FormField
              label={words.question}
              stretch
              secondaryControl={
                ask.loading ? (
                  <Button formAction="none" onClick={cancel}>
                    {texts.common.cancel}
                  </Button>
                ) : (
                  <Button disabled={!question.trim()}>{words.send}</Button>
                )
              }
            >
              <Input value={question} onChange={({ detail }) => setQuestion(detail.value)} placeholder={words.placeholder} nativeInputAttributes={{ maxLength: LONGEST }} />
            </FormField>
          </form>
          {turns.length === 0 && (
            <Box>
              <SpaceBetween direction="horizontal" size="xs">
                {words.examples.map((example) => (
                  <Button key={example} onClick={() => send(example)}>
                    {example}
                  </Button>
                ))}
              </SpaceBetween>
            </Box>
          )}
        </SpaceBetween>
      )}
    </Container>
  );
}
