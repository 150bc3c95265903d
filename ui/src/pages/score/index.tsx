import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import { answer, api, asPolicy } from "../../api/client";
import { ProblemView } from "../../api/problem-view";
import { useAction } from "../../api/use-request";
import { useDraft } from "../../drafts/use-draft";
import { PolicyEditor } from "../../policy/editor";
import { useTexts } from "../../text/context";
import { EmptyState } from "../../ui/empty-state";
import { Page } from "../../ui/page";

export default function ScorePage() {
  const { texts, format } = useTexts();
  const [policy, setPolicy] = useDraft("score.policy", "");
  const score = useAction((text: string, signal) =>
    answer(api.POST("/score", { body: { policy: asPolicy(text) }, signal })),
  );
  const graded = score.data;

  return (
    <Page title={texts.score.title} description={texts.score.description}>
      <Container
        header={
          <Header
            actions={
              <Button variant="primary" loading={score.loading} disabled={!policy.trim()} onClick={() => score.run(policy)}>
                {texts.score.run}
              </Button>
            }
          >
            {texts.score.policy}
          </Header>
        }
      >
        <PolicyEditor value={policy} onChange={setPolicy} label={texts.score.editor} findings={graded?.findings} />
      </Container>
      <ProblemView error={score.error} retry={() => score.run(policy)} />
      <Container header={<Header>{texts.score.result}</Header>}>
        {!graded && <EmptyState title={texts.score.empty}>{texts.score.emptyHint}</EmptyState>}
        {graded && (
          <Box variant="awsui-value-large">
            {typeof graded.score !== "number" ? texts.score.unreadable : texts.score.outOf(format.number(graded.score))}
          </Box>
        )}
        {typeof graded?.risk === "number" && <Box>{texts.score.risk(format.number(graded.risk))}</Box>}
      </Container>
    </Page>
  );
}
