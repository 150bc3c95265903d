import Box from "@cloudscape-design/components/box";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import Link from "@cloudscape-design/components/link";
import StatusIndicator, { type StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";
import { colorChartsStatusCritical, colorChartsStatusNeutral, colorChartsStatusPositive } from "@cloudscape-design/design-tokens";
import { useState } from "react";
import type { Schemas } from "../../../api/client";
import { useTexts } from "../../../text/context";
import { Bar } from "./bar";

const ORDER = ["fail", "pass", "unknown"];
const INDICATORS: Record<string, StatusIndicatorProps.Type> = { fail: "error", pass: "success", unknown: "pending" };

/** How the policy stands with each framework. A code leads to its findings. */
export function Controls({ frameworks, onCode }: { frameworks: Schemas["Framework"][]; onCode: (code: string) => void }) {
  const { texts } = useTexts();
  return (
    <>
      <Box color="text-body-secondary">{texts.score.controls.intro}</Box>
      <ul className="score-list">
        {frameworks.map((framework) => (
          <li key={framework.framework}>
            <FrameworkView framework={framework} onCode={onCode} />
          </li>
        ))}
      </ul>
    </>
  );
}

function FrameworkView({ framework, onCode }: { framework: Schemas["Framework"]; onCode: (code: string) => void }) {
  const { texts, format } = useTexts();
  const [expanded, setExpanded] = useState(false);
  const words = texts.score.controls;
  const { pass, fail, unknown } = framework;
  const counts = words.counts(format.number(pass), format.number(fail), format.number(unknown));
  return (
    <div className="score-framework">
      <ExpandableSection variant="inline" headerText={framework.title} headerAriaLabel={`${framework.title}: ${counts}`} expanded={expanded} onChange={({ detail }) => setExpanded(detail.expanded)}>
        {expanded && <ControlList controls={framework.controls} onCode={onCode} />}
      </ExpandableSection>
      <div className="score-framework-counts">
        <Bar
          whole={pass + fail + unknown}
          parts={[
            { value: fail, color: colorChartsStatusCritical },
            { value: pass, color: colorChartsStatusPositive },
            { value: unknown, color: colorChartsStatusNeutral },
          ]}
        />
        <Box color="text-body-secondary" fontSize="body-s">
          {counts}
        </Box>
      </div>
    </div>
  );
}

function ControlList({ controls, onCode }: { controls: Schemas["Control"][]; onCode: (code: string) => void }) {
  const { texts } = useTexts();
  const words = texts.score.controls;
  const names: Record<string, string> = { pass: words.pass, fail: words.fail, unknown: words.unknown };
  const rank = (status: string) => (ORDER.includes(status) ? ORDER.indexOf(status) : ORDER.length);
  const sorted = [...controls].sort((left, right) => rank(left.status) - rank(right.status));
  return (
    <ul className="score-controls">
      {sorted.map(({ control, title, status, codes }) => (
        <li key={control}>
          <StatusIndicator type={INDICATORS[status] ?? "info"}>{names[status] ?? status}</StatusIndicator>
          <div>
            <code>{control}</code> <span lang="en">{title}</span>
            {codes.length > 0 && (
              <div className="score-codes">
                <Box variant="span" color="text-body-secondary" fontSize="body-s">
                  {words.brokenBy}
                </Box>
                <Codes codes={codes} onCode={onCode} />
              </div>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}

/** Codes of findings, as links to them. */
export function Codes({ codes, onCode }: { codes: readonly string[]; onCode: (code: string) => void }) {
  const { texts } = useTexts();
  return codes.map((code) => (
    <Link key={code} fontSize="body-s" ariaLabel={texts.score.controls.show(code)} onFollow={() => onCode(code)}>
      {code}
    </Link>
  ));
}
