import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Grid from "@cloudscape-design/components/grid";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useRef } from "react";
import { ProblemView } from "../../api/problem-view";
import { useAction } from "../../api/use-request";
import { isText, isTruth } from "../../drafts/shapes";
import { useDraft } from "../../drafts/use-draft";
import type { EditorHandle } from "../../policy/editor";
import { useTexts } from "../../text/context";
import { EmptyState } from "../../ui/empty-state";
import { Page } from "../../ui/page";
import { type Asked, PolicyProblem, compare, isSame } from "./compare";
import { Options } from "./options";
import { PolicySide } from "./policy-side";
import type { Decider } from "./replay";
import type { Side } from "./request-view";
import { Result } from "./result";
import type { Pair } from "./samples";

export default function ComparePage() {
  const { texts } = useTexts();
  const words = texts.compare;
  const [before, setBefore] = useDraft("compare.old", "", isText);
  const [after, setAfter] = useDraft("compare.new", "", isText);
  const [type, setType] = useDraft("compare.type", "auto", isText);
  const [serviceAware, setServiceAware] = useDraft("compare.service-aware", false, isTruth);
  const comparing = useAction((asked: Asked, signal) => compare(asked, words, signal));
  const oldEditor = useRef<EditorHandle>(null);
  const newEditor = useRef<EditorHandle>(null);

  const asked: Asked = { old: before, new: after, type, serviceAware };
  const compared = comparing.data?.asked;
  const outdated = compared !== undefined && !isSame(compared, asked);
  const refused = comparing.error instanceof PolicyProblem ? comparing.error : undefined;
  const fill = (pair: Pair) => {
    setBefore(pair.old);
    setAfter(pair.new);
  };
  const reveal = (side: Side, { policy, statement }: Decider) => {
    const place = comparing.data?.places[side][policy]?.[statement];
    const editor = side === "old" ? oldEditor : newEditor;
    if (place) editor.current?.reveal(place.line, place.column);
  };

  return (
    <Page title={words.title} description={words.description}>
      <SpaceBetween size="s">
        <Options
          type={type}
          setType={setType}
          serviceAware={serviceAware}
          setServiceAware={setServiceAware}
          swap={() => fill({ old: after, new: before })}
          start={(pair) => {
            fill(pair);
            setType("auto");
          }}
        />
        <Grid gridDefinition={[{ colspan: { default: 12, s: 6 } }, { colspan: { default: 12, s: 6 } }]}>
          <PolicySide ref={oldEditor} title={words.old} value={before} onChange={setBefore} problem={refused?.side === "old" ? refused : undefined} />
          <PolicySide ref={newEditor} title={words.new} value={after} onChange={setAfter} problem={refused?.side === "new" ? refused : undefined} />
        </Grid>
        <Button
          variant="primary"
          loading={comparing.loading}
          disabled={!before.trim() || !after.trim()}
          disabledReason={words.emptyHint}
          onClick={() => comparing.run(asked)}
        >
          {words.run}
        </Button>
      </SpaceBetween>
      {!refused && <ProblemView error={comparing.error} />}
      {comparing.data ? (
        <Result comparison={comparing.data} outdated={outdated} again={() => comparing.run(asked)} reveal={reveal} />
      ) : (
        !comparing.error && (
          <Container header={<Header variant="h2">{words.verdict}</Header>}>
            <EmptyState title={words.empty}>{words.emptyHint}</EmptyState>
          </Container>
        )
      )}
    </Page>
  );
}
