import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import TextFilter from "@cloudscape-design/components/text-filter";
import { memo, useDeferredValue, useMemo, useState } from "react";
import type { Schemas } from "../../../api/client";
import { useTexts } from "../../../text/context";
import { EmptyState } from "../../../ui/empty-state";
import { SeverityBadge } from "../../../ui/severity";
import { filterFindings, groupBySeverity } from "../severities";
import { Accepted } from "./accepted";
import { FindingView, type Reveal } from "./finding";

const AT_FIRST = 15;
const AT_ONCE = 50;

interface FindingsProps {
  answer: Schemas["ScoreAnswer"];
  filter: string;
  onFilter: (filter: string) => void;
  onReveal: Reveal;
}

/** What is wrong, the worst first. */
export function Findings({ answer, filter, onFilter, onReveal }: FindingsProps) {
  const { texts, format } = useTexts();
  const words = texts.score.findings;
  const wanted = useDeferredValue(filter);
  const found = useMemo(() => filterFindings(answer.findings, wanted), [answer, wanted]);
  const accepted = <Accepted suppressed={answer.suppressed} />;
  if (answer.findings.length === 0) {
    return (
      <>
        <None answer={answer} />
        {answer.suppressed.length > 0 && <InEnglish />}
        {accepted}
      </>
    );
  }
  return (
    <SpaceBetween size="m">
      <TextFilter
        filteringText={filter}
        onChange={({ detail }) => onFilter(detail.filteringText)}
        filteringPlaceholder={words.filter}
        filteringAriaLabel={words.filter}
        countText={wanted ? words.matches(format.number(found.length)) : undefined}
      />
      <InEnglish />
      {found.length === 0 && (
        <EmptyState title={words.noMatch}>
          <Button onClick={() => onFilter("")}>{words.clear}</Button>
        </EmptyState>
      )}
      <Groups findings={found} onReveal={onReveal} />
      {answer.more_findings > 0 && <Alert type="info">{words.notListed(format.number(answer.more_findings))}</Alert>}
      {accepted}
    </SpaceBetween>
  );
}

/** The API describes findings in English: readers of another language are told. */
function InEnglish() {
  const { texts, language } = useTexts();
  if (language === "en") return null;
  return (
    <Box color="text-body-secondary" fontSize="body-s">
      {texts.score.findings.inEnglish}
    </Box>
  );
}

/** Why there is none: no rule has anything to say, all of it is accepted, or there is nothing that rules could look at. */
function None({ answer: { suppressed, score } }: { answer: Schemas["ScoreAnswer"] }) {
  const words = useTexts().texts.score.findings;
  if (suppressed.length > 0) return <EmptyState title={words.allAccepted}>{words.allAcceptedHint}</EmptyState>;
  if (typeof score !== "number") return <EmptyState title={words.notLooked}>{words.unreadable}</EmptyState>;
  return <EmptyState title={words.none}>{words.noneHint}</EmptyState>;
}

const Groups = memo(function Groups({ findings, onReveal }: { findings: readonly Schemas["Finding"][]; onReveal: Reveal }) {
  const groups = groupBySeverity(findings);
  return (
    <SpaceBetween size="l">
      {groups.map((group) => (
        <Group key={group.severity} {...group} onReveal={onReveal} />
      ))}
    </SpaceBetween>
  );
});

function Group({ severity, findings, onReveal }: { severity: string; findings: Schemas["Finding"][]; onReveal: Reveal }) {
  const { texts, format } = useTexts();
  const [most, setMost] = useState(AT_FIRST);
  const left = Math.max(0, findings.length - most);
  return (
    <section>
      <Box variant="h3" padding={{ bottom: "xxs" }}>
        <SeverityBadge severity={severity} /> <span className="score-count">({format.number(findings.length)})</span>
      </Box>
      <ul className="score-findings">
        {findings.slice(0, most).map((finding, index) => (
          <FindingView key={`${finding.code} ${finding.path} ${index}`} finding={finding} onReveal={onReveal} />
        ))}
      </ul>
      {left > 0 && (
        <Button variant="inline-link" onClick={() => setMost((before) => before + AT_ONCE)}>
          {texts.common.showMore(format.number(Math.min(left, AT_ONCE)))}
        </Button>
      )}
    </section>
  );
}
