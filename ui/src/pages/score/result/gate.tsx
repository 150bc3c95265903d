import Alert from "@cloudscape-design/components/alert";
import { type Schemas, answer as answered, api } from "../../../api/client";
import { useRequest } from "../../../api/use-request";
import { useTexts } from "../../../text/context";

const MOST_DRIVERS = 3;

/** What a gate decided, and what would change it. */
export function GateResult({ answer, minimum }: { answer: Schemas["ScoreAnswer"]; minimum: number }) {
  const { texts, format } = useTexts();
  const words = texts.score.gate;
  const { score, better, accepted } = answer;
  // What the settings ask of every gate may be more, and an answer does not name it.
  const settings = useRequest(accepted === false ? "settings" : null, (signal) => answered(api.GET("/settings", { signal })));
  if (typeof accepted !== "boolean") return null;
  const ofAll = settings.data?.settings.minimum ?? 0;
  const least = Math.max(minimum, ofAll);
  const asked = format.number(minimum);
  const graded = typeof score === "number" ? format.number(score) : undefined;
  if (accepted) {
    return (
      <Alert type="success" header={words.accepted} statusIconAriaLabel={words.accepted}>
        {words.acceptedHint(graded ?? "", asked)}
      </Alert>
    );
  }
  const isMore = ofAll > minimum;
  // Where the settings cannot be read, that much is certain.
  const isRefusedByThem = typeof score === "number" && score >= minimum;
  const isKnown = settings.data !== undefined || !(settings.loading || isRefusedByThem);
  const passes = isKnown && typeof better?.score === "number" && better.score >= least ? better.score : undefined;
  return (
    <Alert type="error" header={words.refused} statusIconAriaLabel={words.refused}>
      {graded === undefined && words.refusedUnreadable}
      {graded !== undefined && (
        <>
          <div>{words.refusedHint(graded, asked)}</div>
          {isMore ? <div>{words.settingsAsk(format.number(ofAll))}</div> : isRefusedByThem && <div>{words.settings}</div>}
          {passes !== undefined ? <div>{words.betterPasses(format.number(passes))}</div> : !settings.loading && <WhatWeighs drivers={answer.drivers ?? []} />}
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
