import Container from "@cloudscape-design/components/container";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { Suspense, lazy, useCallback, useMemo, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { answer, api } from "../../api/client";
import { ProblemView } from "../../api/problem-view";
import { useAction } from "../../api/use-request";
import { isText } from "../../drafts/shapes";
import { useDraft } from "../../drafts/use-draft";
import type { EditorHandle } from "../../policy/editor";
import { Loading } from "../../shell/loading";
import { useTexts } from "../../text/context";
import { Page } from "../../ui/page";
import { type Asked, type Graded, NO_OPTIONS, bodyOf, isSameQuestion, isScoreOptions } from "./asked";
import { useLiveFindings } from "./live-findings";
import { PolicyPanel } from "./policy-panel";
import { useLatest, useRunKey } from "./run-key";
import { SAMPLES, type SampleName, sampleText } from "./samples";
import { bytesTooMany } from "./size";
import { Start } from "./start";
import "./score.css";

const Result = lazy(() => import("./result/index"));

export default function ScorePage() {
  const { texts, language } = useTexts();
  const [policy, setPolicy] = useDraft("score.policy", "", isText);
  const [options, setOptions] = useDraft("score.options", NO_OPTIONS, isScoreOptions);
  const editor = useRef<EditorHandle>(null);
  const rounds = useRef(0);
  const tooMany = useMemo(() => bytesTooMany(policy), [policy]);
  const live = useLiveFindings(policy, options.type, tooMany === undefined);
  const score = useAction(async (asked: Asked, signal): Promise<Graded> => {
    const graded = await answer(api.POST("/score", { body: bodyOf(asked, language), signal }));
    rounds.current += 1;
    return { asked, answer: graded, round: rounds.current };
  });

  const asked: Asked = { text: policy, options };
  const canRun = policy.trim() !== "" && tooMany === undefined;
  const run = () => {
    // With a minimum each question is a decision in the audit trail: one at a time.
    if (canRun && !score.loading) score.run(asked);
  };
  const onRun = useLatest(run);
  useRunKey(onRun);

  const onSample = useCallback(
    (name: SampleName) => {
      setPolicy(sampleText(name));
      setOptions({ ...options, type: SAMPLES[name].type });
    },
    [options, setOptions, setPolicy],
  );
  const onReveal = useCallback((line: number, column: number) => editor.current?.reveal(line, column), []);
  const onUse = useCallback(
    (text: string) => {
      // At once: what is revealed is a place in the new text.
      flushSync(() => setPolicy(text));
      editor.current?.reveal(1, 1);
      window.scrollTo(0, 0);
    },
    [setPolicy],
  );
  // What was answered before stands while the next answer is on its way, and where none comes.
  const [graded, setGraded] = useState(score.data);
  if (score.data && score.data !== graded) setGraded(score.data);

  return (
    <Page title={texts.score.title} description={texts.score.description}>
      {score.error !== undefined && <ProblemView error={score.error} retry={onRun} />}
      <div className="score">
        <div className="score-editor">
          <div>
            <PolicyPanel
              policy={policy}
              onPolicy={setPolicy}
              options={options}
              onOptions={setOptions}
              live={live}
              tooMany={tooMany}
              loading={score.loading}
              onRun={onRun}
              onCancel={score.cancel}
              onSample={onSample}
              editor={editor}
            />
          </div>
        </div>
        {graded ? (
          <Suspense fallback={<div className="score-answer"><Loading /></div>}>
            <Result graded={graded} isStale={!isSameQuestion(graded.asked, asked)} isLoading={score.loading} onAgain={onRun} onReveal={onReveal} onUse={onUse} />
          </Suspense>
        ) : (
          <div className="score-answer">
            {score.loading ? (
              <Container>
                <StatusIndicator type="loading">{texts.score.grading}</StatusIndicator>
              </Container>
            ) : (
              <Start onSample={onSample} />
            )}
          </div>
        )}
      </div>
    </Page>
  );
}
