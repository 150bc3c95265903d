import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { FormEvent } from "react";
import { answer, api } from "../../api/client";
import { ProblemView } from "../../api/problem-view";
import { useAction } from "../../api/use-request";
import { useDraft } from "../../drafts/use-draft";
import { CodeView } from "../../policy/code-view";
import { useTexts } from "../../text/context";
import { EmptyState } from "../../ui/empty-state";
import { Page } from "../../ui/page";

export default function GeneratePage() {
  const { texts } = useTexts();
  const [principal, setPrincipal] = useDraft("generate.principal", "");
  const generate = useAction((wanted: string, signal) =>
    answer(api.POST("/generate", { body: { principal: wanted }, signal })),
  );

  function submit(event: FormEvent) {
    event.preventDefault();
    if (principal.trim()) generate.run(principal.trim());
  }

  return (
    <Page title={texts.generate.title} description={texts.generate.description}>
      <Container>
        <form onSubmit={submit}>
          <SpaceBetween size="m">
            <FormField label={texts.generate.principal} description={texts.generate.principalHint} stretch>
              <Input value={principal} spellcheck={false} onChange={({ detail }) => setPrincipal(detail.value)} />
            </FormField>
            <Button variant="primary" formAction="submit" loading={generate.loading} disabled={!principal.trim()}>
              {texts.generate.run}
            </Button>
          </SpaceBetween>
        </form>
      </Container>
      <ProblemView error={generate.error} />
      <Container header={<Header>{texts.generate.result}</Header>}>
        {generate.data ? (
          <CodeView
            text={JSON.stringify(generate.data, null, 2)}
            label={texts.generate.result}
            fileName="leastwise-generated.json"
          />
        ) : (
          <EmptyState title={texts.generate.empty}>{texts.generate.emptyHint}</EmptyState>
        )}
      </Container>
    </Page>
  );
}
