import Box from "@cloudscape-design/components/box";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import type { Schemas } from "../../../api/client";
import { useTexts } from "../../../text/context";
import { Said } from "../../../ui/said";
import { visible } from "../../../ui/visible";
import { Codes } from "./controls";
import type { Version } from "./versions";

/** Which fixes are in a version, which are not, and why. */
export function Steps({ version, onCode }: { version: Version; onCode: (code: string) => void }) {
  const { texts, format } = useTexts();
  const words = texts.score.better;
  const parts = [
    { title: words.applied, steps: version.applied },
    { title: words.left, steps: version.left },
  ].filter(({ steps }) => steps.length > 0);
  if (parts.length === 0) return null;
  return (
    <ColumnLayout columns={parts.length === 1 ? 1 : 2}>
      {parts.map(({ title, steps }) => (
        <div key={title}>
          <Box variant="h3">
            {title} <span className="score-count">({format.number(steps.length)})</span>
          </Box>
          <ul className="score-steps">
            {steps.map((step, index) => (
              <li key={`${step.code} ${step.path} ${index}`}>
                <StepView step={step} onCode={onCode} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </ColumnLayout>
  );
}

function StepView({ step, onCode }: { step: Schemas["Step"]; onCode: (code: string) => void }) {
  return (
    <>
      <span lang="en">
        <Said>{step.title}</Said>
      </span>{" "}
      <code>{visible(step.path)}</code>
      <div className="score-codes">
        <Codes codes={[step.code]} onCode={onCode} />
      </div>
      {step.reason && (
        <div lang="en">
          <Box color="text-body-secondary">
            <Said>{step.reason}</Said>
          </Box>
        </div>
      )}
    </>
  );
}
