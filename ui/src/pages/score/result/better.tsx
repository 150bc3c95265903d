import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useNavigate } from "react-router";
import type { Schemas } from "../../../api/client";
import { leaveDraft } from "../../../drafts/use-draft";
import { SideBySide } from "../../../policy/side-by-side";
import { useTexts } from "../../../text/context";
import { EmptyState } from "../../../ui/empty-state";
import type { Graded } from "../asked";
import type { Turn } from "./conversation";
import { FollowUp } from "./follow-up";
import { Steps } from "./steps";
import { TakeAlong } from "./take/index";
import { VersionFacts } from "./version-facts";
import { type Version, rewritten, versionsOf } from "./versions";

interface BetterProps {
  graded: Graded;
  onCode: (code: string) => void;
  onUse: (policy: string) => void;
}

/** Why rules offer none. */
function whyNone({ score, findings, suppressed }: Schemas["ScoreAnswer"]): "unreadable" | "noneHint" | "allAccepted" | "nothingToMend" {
  if (typeof score !== "number") return "unreadable";
  if (findings.length > 0) return "noneHint";
  return suppressed.length > 0 ? "allAccepted" : "nothingToMend";
}

/** A better version beside the original, what it takes away, and how to have it. */
export function Better({ graded, onCode, onUse }: BetterProps) {
  const { texts, format } = useTexts();
  const words = texts.score.better;
  const navigate = useNavigate();
  const [turns, setTurns] = useState<Turn[]>([]);
  const [chosen, setChosen] = useState<string>();
  const [used, setUsed] = useState<string>();
  const { answer, asked } = graded;
  const versions = versionsOf(answer, turns, asked.text);
  // The last one is what was asked for last.
  const version = versions.find(({ id }) => id === chosen) ?? versions.at(-1);
  const original = rewritten(asked.text);

  const name = ({ from, number }: Version) => ({ rules: words.byRules, model: words.byModel, "follow-up": words.followUp(format.number(number)) })[from];
  const use = (taken: Version) => {
    onUse(taken.text);
    setUsed(taken.id);
  };
  const compare = (taken: Version) => {
    leaveDraft("compare.old", asked.text);
    leaveDraft("compare.new", taken.text);
    leaveDraft("compare.type", answer.type);
    void navigate("/compare");
  };

  return (
    <SpaceBetween size="l">
      <Container
        header={
          <Header
            actions={
              version && (
                <SpaceBetween direction="horizontal" size="xs">
                  <Button onClick={() => compare(version)}>{words.compare}</Button>
                  <Button variant="primary" onClick={() => use(version)}>
                    {words.use}
                  </Button>
                </SpaceBetween>
              )
            }
          >
            {words.title}
          </Header>
        }
      >
        {!version && <EmptyState title={words.none}>{words[whyNone(answer)]}</EmptyState>}
        {version && (
          <SpaceBetween size="m">
            {used === version.id && (
              <Alert type="success" statusIconAriaLabel={words.used} dismissible onDismiss={() => setUsed(undefined)}>
                {words.used}
              </Alert>
            )}
            {versions.length > 1 && (
              <SegmentedControl
                label={words.which}
                selectedId={version.id}
                onChange={({ detail }) => setChosen(detail.selectedId)}
                options={versions.map((each) => ({ id: each.id, text: name(each) }))}
              />
            )}
            <VersionFacts version={version} answer={answer} />
            <SideBySide old={original} new={version.text} oldLabel={words.original} newLabel={`${words.title}: ${name(version)}`} />
            <Steps version={version} onCode={onCode} />
          </SpaceBetween>
        )}
      </Container>
      <FollowUp
        graded={graded}
        previous={version?.policy}
        turns={turns}
        onTurns={(change) => {
          setTurns(change);
          setChosen(undefined);
        }}
        onShow={setChosen}
      />
      <TakeAlong version={version} original={asked.text} answer={answer} />
    </SpaceBetween>
  );
}
