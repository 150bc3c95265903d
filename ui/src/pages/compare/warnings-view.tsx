import Alert from "@cloudscape-design/components/alert";
import type { Schemas } from "../../api/client";
import { useTexts } from "../../text/context";
import { Said } from "../../ui/said";
import { warningsOf } from "./warnings";

/** What the verdict does not know of: it stands before it. */
export function Warnings({ diff }: { diff: Schemas["DiffAnswer"] }) {
  const { texts } = useTexts();
  const words = texts.compare.warnings;
  const warnings = warningsOf(diff);
  if (warnings.length === 0) return null;
  return (
    <Alert type="warning" header={words.title} statusIconAriaLabel={texts.common.severity.warning}>
      <div>{words.meaning}</div>
      <ul>
        {warnings.map(({ policy, line, message }, index) => (
          <li key={index}>
            {words.place[policy](line)}:{" "}
            <span lang="en">
              <Said>{message}</Said>
            </span>
          </li>
        ))}
      </ul>
    </Alert>
  );
}
