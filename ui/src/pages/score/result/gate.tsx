import Alert from "@cloudscape-design/components/alert";
import type { Schemas } from "../../../api/client";
import { useTexts } from "../../../text/context";

const MOST_DRIVERS = 3;

/** What a gate decided, and what would change it. */
export function GateResult({ answer, minimum }: { answer: Schemas["ScoreAnswer"]; minimum: number }) {
  const { texts, format } = useTexts();
  const words = texts.score.gate;
  const { score, better, accepted } = answer;
  if (typeof accepted !== "boolean") return null;
  const asked = format.number(minimum);
  const graded = typeof score === "number" ? format.number(score) : undefined;
  if (accepted) {
    return (
      <Alert type="success" header={words.accepted} statusIconAriaLabel={words.accepted}>
        {words.acceptedHint(graded ?? "", asked)}
      </Alert>
    );
  }
  // Below what the settings ask of every gate, which an answer does not name.
  const bySettings = typeof score === "number" && score >= minimum;
  const passes = !bySettings && typeof better?.score === "number" && better.score >= minimum ? better.score : undefined;
  return (
    <Alert type="error" header={words.refused} statusIconAriaLabel={words.refused}>
      {graded === undefined && words.refusedUnreadable}
      {graded !== undefined && (
        <>
          <div>{words.refusedHint(graded, asked)}</div>
          {bySettings && <div>{words.settings}</div>}
          {passes !== undefined ? <div>{words.betterPasses(format.number(passes))}</div> : <WhatWeighs drivers={answer.drivers ?? []} />}
        </>
      )}
    </Alert>
  );
}

function WhatWeighs({ drivers }: { drivers: Schemas["Driver"][] }) {
  const { texts } = useTexts();
  const capabilities: Record<string, string> = texts.score.grade.capabilities;
  return (
    <>
      <div>{texts.score.gate.reduce}</div>
      <ul>
        {drivers.slice(0, MOST_DRIVERS).map(({ capability, service, examples }) => (
          <li key={`${capability} ${service}`}>
            {capabilities[capability] ?? capability}: <code>{examples.join(", ") || service}</code>
          </li>
        ))}
      </ul>
    </>
  );
}
