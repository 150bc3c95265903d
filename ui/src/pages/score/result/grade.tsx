import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { colorChartsStatusCritical, colorChartsStatusHigh, colorChartsStatusMedium, colorChartsStatusNeutral } from "@cloudscape-design/design-tokens";
import { useState } from "react";
import type { Schemas } from "../../../api/client";
import { useTexts } from "../../../text/context";
import { Bar } from "./bar";
import { Gauge } from "./gauge";
import { bandOf } from "./gauge-geometry";

const PARTS = ["actions", "resources", "conditions", "effect"] as const;
const FIRST_DRIVERS = 4;
const MOST_RISK = 100;

/** The number, where the risk comes from, and what drives it. */
export function Grade({ answer, onBetter }: { answer: Schemas["ScoreAnswer"]; onBetter: () => void }) {
  const { texts, format } = useTexts();
  const words = texts.score.grade;
  const types: Record<string, string> = texts.policy.types;
  const { score, risk, breakdown, better } = answer;
  const isReadable = typeof score === "number";
  const betters = typeof better?.score === "number" && isReadable && better.score > score ? better.score : undefined;
  return (
    <Container header={<Header description={`${answer.advice ? words.byRules : texts.score.explanation.rulesAlone} · ${types[answer.type] ?? answer.type}`}>{texts.score.result}</Header>}>
      {!isReadable && (
        <Alert type="error" header={words.unreadable} statusIconAriaLabel={texts.common.error}>
          {answer.findings.length + answer.suppressed.length > 0 ? words.unreadableHint : words.noDocumentHint}
        </Alert>
      )}
      {isReadable && (
        <SpaceBetween size="l">
          {answer.findings.some(({ severity }) => severity === "error") && (
            <Alert type="warning" statusIconAriaLabel={texts.common.severity.warning}>
              {words.withErrors}
            </Alert>
          )}
          <div className="score-grade">
            <div className="score-number">
              <Gauge score={score} risk={risk ?? undefined} />
              <Box textAlign="center">
                <Box variant="strong">{words.bands[bandOf(score)]}</Box>
                {typeof risk === "number" && <Box color="text-body-secondary">{words.risk(format.number(risk))}</Box>}
              </Box>
            </div>
            {breakdown && (
              <div>
                <Box variant="h4" tagOverride="h3">{words.breakdown}</Box>
                <ul className="score-list">
                  {PARTS.map((part) => (
                    <li key={part} className="score-measure">
                      <span>{words.parts[part]}</span>
                      <Bar whole={MOST_RISK} parts={[{ value: breakdown[part], color: colorOf(breakdown[part]) }]} />
                      <span className="score-value">{format.number(breakdown[part])}</span>
                    </li>
                  ))}
                </ul>
              </div>
            )}
          </div>
          <Drivers drivers={answer.drivers ?? []} />
          {betters !== undefined && (
            <Button iconName="arrow-down" variant="inline-link" onClick={onBetter}>
              {words.seeBetter(format.number(betters))}
            </Button>
          )}
        </SpaceBetween>
      )}
    </Container>
  );
}

function Drivers({ drivers }: { drivers: Schemas["Driver"][] }) {
  const { texts, format } = useTexts();
  const [all, setAll] = useState(false);
  const words = texts.score.grade;
  const capabilities: Record<string, string> = words.capabilities;
  const shown = all ? drivers : drivers.slice(0, FIRST_DRIVERS);
  return (
    <div>
      <Box variant="h4" tagOverride="h3">{words.drivers}</Box>
      {drivers.length === 0 && <Box color="text-body-secondary">{words.noDrivers}</Box>}
      <ul className="score-list">
        {shown.map((driver) => (
          <li key={`${driver.capability} ${driver.service}`}>
            <div className="score-measure">
              <span>
                {capabilities[driver.capability] ?? driver.capability}: <code>{driver.service}</code>
              </span>
              <Bar whole={MOST_RISK} parts={[{ value: driver.risk, color: colorOf(driver.risk) }]} />
              <span className="score-value">{format.number(driver.risk)}</span>
            </div>
            <Box color="text-body-secondary" fontSize="body-s">
              {`${format.number(driver.actions)} ${format.plural(driver.actions, words.actions)}, ${words.exposure(format.percent(driver.exposure))}: `}
              {driver.examples.map((action, index) => (
                <span key={action}>
                  {index > 0 && ", "}
                  <code>{action}</code>
                </span>
              ))}
              {driver.actions > driver.examples.length && ", …"}
            </Box>
          </li>
        ))}
      </ul>
      {shown.length < drivers.length && (
        <Button variant="inline-link" onClick={() => setAll(true)}>
          {texts.common.showAll(format.number(drivers.length))}
        </Button>
      )}
    </div>
  );
}

function colorOf(risk: number): string {
  if (risk >= 75) return colorChartsStatusCritical;
  if (risk >= 40) return colorChartsStatusHigh;
  return risk >= 15 ? colorChartsStatusMedium : colorChartsStatusNeutral;
}
