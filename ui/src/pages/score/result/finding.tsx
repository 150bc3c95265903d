import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import type { Schemas } from "../../../api/client";
import { useTexts } from "../../../text/context";
import { Said } from "../../../ui/said";
import { visible } from "../../../ui/visible";
import { Disclosure } from "./disclosure";

type Finding = Schemas["Finding"];
export type Reveal = (line: number, column: number) => void;

/** One finding. What the API says of it is English in every language. */
export function FindingView({ finding, onReveal }: { finding: Finding; onReveal: Reveal }) {
  const { texts, format } = useTexts();
  const words = texts.score.findings;
  const line = format.number(finding.line);
  return (
    <li className="score-finding">
      <div className="score-finding-head">
        {finding.line > 0 ? (
          <Button variant="inline-link" ariaLabel={`${words.reveal(line)}: ${finding.title}`} onClick={() => onReveal(finding.line, finding.column)}>
            {finding.title}
          </Button>
        ) : (
          <Box variant="strong">{finding.title}</Box>
        )}
        {finding.line > 0 && (
          <Box color="text-body-secondary" fontSize="body-s">
            {words.place(line, format.number(finding.column))}
          </Box>
        )}
      </div>
      <div lang="en" className="score-said">
        <Said>{finding.message}</Said>
      </div>
      <Disclosure isSmall summary={words.more}>
        {() => <Details finding={finding} onReveal={onReveal} />}
      </Disclosure>
    </li>
  );
}

function Details({ finding, onReveal }: { finding: Finding; onReveal: Reveal }) {
  const { texts, format } = useTexts();
  const words = texts.score.findings;
  const fix = typeof finding.fix?.title === "string" ? finding.fix.title : undefined;
  const frameworks = [...new Set(finding.controls.map(({ framework }) => framework))];
  const related = finding.related?.filter(({ line }) => line > 0) ?? [];
  return (
    <dl className="score-details">
      <dt>{words.why}</dt>
      <dd lang="en">
        <Said>{finding.why}</Said>
      </dd>
      <dt>{words.instead}</dt>
      <dd lang="en">
        <Said>{finding.instead}</Said>
      </dd>
      {fix && (
        <>
          <dt>{words.fix}</dt>
          <dd lang="en">
            <Said>{fix}</Said>
          </dd>
        </>
      )}
      {related.length > 0 && (
        <>
          <dt>{words.related}</dt>
          {related.map((place) => (
            <dd key={place.path}>
              <Button variant="inline-link" ariaLabel={`${words.reveal(format.number(place.line))}: ${words.place(format.number(place.line), format.number(place.column))}`} onClick={() => onReveal(place.line, place.column)}>
                {words.place(format.number(place.line), format.number(place.column))}
              </Button>{" "}
              <code>{visible(place.path)}</code>
            </dd>
          ))}
        </>
      )}
      <dt>{words.code}</dt>
      <dd>
        <code>{finding.code}</code> <code>{visible(finding.path)}</code>
        {finding.sid && (
          <>
            {" "}
            {words.statement} <code>{visible(finding.sid)}</code>
          </>
        )}
      </dd>
      {frameworks.length > 0 && (
        <>
          <dt>{words.controls}</dt>
          {frameworks.map((framework) => (
            <dd key={framework}>
              <code>{framework}</code> {format.list(finding.controls.filter((each) => each.framework === framework).map(({ control }) => control))}
            </dd>
          ))}
        </>
      )}
    </dl>
  );
}
