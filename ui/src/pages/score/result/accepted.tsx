import Box from "@cloudscape-design/components/box";
import type { Schemas } from "../../../api/client";
import { useTexts } from "../../../text/context";
import { Said } from "../../../ui/said";
import { visible } from "../../../ui/visible";
import { Disclosure } from "./disclosure";

/** Findings that somebody has accepted for a time: they do not count, and are not hidden. */
export function Accepted({ suppressed }: { suppressed: readonly Schemas["Suppressed"][] }) {
  const { texts, format } = useTexts();
  const words = texts.score.findings;
  if (suppressed.length === 0) return null;
  return (
    <Disclosure summary={words.accepted(format.number(suppressed.length))}>
      {() => (
        <ul className="score-findings">
          {suppressed.map(({ finding, reason, owner, expires }, index) => (
            <li key={`${finding.code} ${finding.path} ${index}`} className="score-finding score-said">
              <strong lang="en">{finding.title}</strong>{" "}
              <span lang="en">
                <Said>{finding.message}</Said>
              </span>
              <Box color="text-body-secondary">{words.acceptedBy(visible(owner), format.day(expires), visible(reason))}</Box>
            </li>
          ))}
        </ul>
      )}
    </Disclosure>
  );
}
