import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import LiveRegion from "@cloudscape-design/components/live-region";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Tabs from "@cloudscape-design/components/tabs";
import { memo, useCallback, useRef, useState } from "react";
import { useTexts } from "../../../text/context";
import type { Graded } from "../asked";
import { inWords } from "../severities";
import { Better } from "./better";
import { Controls } from "./controls";
import { Escalations, isLookedAt } from "./escalations";
import { Explanation } from "./explanation";
import type { Reveal } from "./finding";
import { Findings } from "./findings";
import { GateResult } from "./gate";
import { Grade } from "./grade";
import "./result.css";

// What frameworks say of an open way to more access: it is no finding, and has a tab of its own.
const ESCALATION = "PRIVILEGE_ESCALATION_PATH";

interface ResultProps {
  graded: Graded;
  /** Whether the question is another one by now. */
  isStale: boolean;
  isLoading: boolean;
  onAgain: () => void;
  onReveal: Reveal;
  onUse: (policy: string) => void;
}

/** Everything that an answer says. Typing on does not draw it again. */
export default memo(function Result({ graded, isStale, isLoading, onAgain, onReveal, onUse }: ResultProps) {
  const { texts, format } = useTexts();
  const words = texts.score;
  const [tab, setTab] = useState("findings");
  const [filter, setFilter] = useState("");
  const tabs = useRef<HTMLDivElement>(null);
  const better = useRef<HTMLDivElement>(null);
  const { answer, asked } = graded;

  const onCode = useCallback((code: string) => {
    setTab(code === ESCALATION ? "escalations" : "findings");
    if (code !== ESCALATION) setFilter(code);
    tabs.current?.scrollIntoView({ block: "nearest" });
  }, []);
  const onBetter = useCallback(() => better.current?.scrollIntoView({ block: "start" }), []);

  const counted = (title: string, count: number) => `${title} (${format.number(count)})`;
  const isReadable = typeof answer.score === "number";
  const grade = typeof answer.score === "number" ? words.grade.outOf(format.number(answer.score)) : words.grade.unreadable;
  const none = answer.suppressed.length > 0 ? words.findings.allAccepted : isReadable ? words.live.none : "";
  return (
    <>
      <div className="score-answer">
        <LiveRegion hidden>{isLoading ? words.grading : [grade, inWords(answer.findings, words.live, format) || none].filter(Boolean).join(". ")}</LiveRegion>
        <SpaceBetween size="l">
          {isLoading && <StatusIndicator type="loading">{words.grading}</StatusIndicator>}
          {isStale && !isLoading && (
            <Alert type="info" action={<Button onClick={onAgain}>{words.scoreAgain}</Button>}>
              {words.stale}
            </Alert>
          )}
          {asked.options.minimum !== null && <GateResult answer={answer} minimum={asked.options.minimum} />}
          <Grade answer={answer} onBetter={onBetter} />
          <div ref={tabs} className="score-tabs">
            <Tabs
              variant="container"
              activeTabId={tab}
              onChange={({ detail }) => setTab(detail.activeTabId)}
              tabs={[
                {
                  id: "findings",
                  label: isReadable || answer.findings.length > 0 ? counted(words.findings.title, answer.findings.length + answer.more_findings) : words.findings.title,
                  content: <Findings answer={answer} filter={filter} onFilter={setFilter} onReveal={onReveal} />,
                },
                {
                  id: "escalations",
                  label: isLookedAt(answer) ? counted(words.escalations.title, answer.escalations.length) : words.escalations.title,
                  content: <Escalations answer={answer} />,
                },
                { id: "controls", label: words.controls.title, content: <Controls frameworks={answer.compliance} onCode={onCode} /> },
                { id: "explanation", label: words.explanation.title, content: <Explanation advice={answer.advice} onCode={onCode} /> },
              ]}
            />
          </div>
        </SpaceBetween>
      </div>
      <div ref={better} className="score-better">
        <Better key={graded.round} graded={graded} onCode={onCode} onUse={onUse} />
      </div>
    </>
  );
});
