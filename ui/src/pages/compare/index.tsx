import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Grid from "@cloudscape-design/components/grid";
import Header from "@cloudscape-design/components/header";
import { answer, api, asPolicy } from "../../api/client";
import { ProblemView } from "../../api/problem-view";
import { useAction } from "../../api/use-request";
import { useDraft } from "../../drafts/use-draft";
import { PolicyEditor } from "../../policy/editor";
import { SideBySide } from "../../policy/side-by-side";
import { useTexts } from "../../text/context";
import { EmptyState } from "../../ui/empty-state";
import { Page } from "../../ui/page";

export default function ComparePage() {
  const { texts } = useTexts();
  const [before, setBefore] = useDraft("compare.old", "");
  const [after, setAfter] = useDraft("compare.new", "");
  const diff = useAction(async (pair: { old: string; new: string }, signal) => ({
    ...(await answer(api.POST("/diff", { body: { old: asPolicy(pair.old), new: asPolicy(pair.new) }, signal }))),
    compared: pair,
  }));
  const verdicts: Record<string, string> = texts.compare.verdicts;

  return (
    <Page
      title={texts.compare.title}
      description={texts.compare.description}
      actions={
        <Button
          variant="primary"
          loading={diff.loading}
          disabled={!before.trim() || !after.trim()}
          onClick={() => diff.run({ old: before, new: after })}
        >
          {texts.compare.run}
        </Button>
      }
    >
      <Grid gridDefinition={[{ colspan: { default: 12, s: 6 } }, { colspan: { default: 12, s: 6 } }]}>
        <Container header={<Header>{texts.compare.old}</Header>}>
          <PolicyEditor value={before} onChange={setBefore} label={texts.compare.old} />
        </Container>
        <Container header={<Header>{texts.compare.new}</Header>}>
          <PolicyEditor value={after} onChange={setAfter} label={texts.compare.new} />
        </Container>
      </Grid>
      <ProblemView error={diff.error} />
      <Container header={<Header>{texts.compare.verdict}</Header>}>
        {!diff.data && <EmptyState title={texts.compare.empty}>{texts.compare.emptyHint}</EmptyState>}
        {diff.data && (
          <>
            <Box variant="h3">{verdicts[diff.data.verdict] ?? diff.data.verdict}</Box>
            <Box variant="p">{diff.data.reason}</Box>
            <SideBySide {...diff.data.compared} oldLabel={texts.compare.old} newLabel={texts.compare.new} />
          </>
        )}
      </Container>
    </Page>
  );
}
