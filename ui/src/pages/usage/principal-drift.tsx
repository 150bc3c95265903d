import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { answer, api } from "../../api/client";
import { ProblemView } from "../../api/problem-view";
import { useAction } from "../../api/use-request";
import { isText } from "../../drafts/shapes";
import { useDraft } from "../../drafts/use-draft";
import { PolicyEditor } from "../../policy/editor";
import { useTexts } from "../../text/context";
import { type Comparison, DriftView } from "../../ui/drift-view";
import { EmptyState } from "../../ui/empty-state";
import { attachedPolicies } from "../../policy/attached";
import type { Window } from "./filters";

interface PrincipalDriftProps {
  principal: string;
  account: string | undefined;
  window: Window;
}

/** What is attached, pasted, against what was used. */
export function PrincipalDrift({ principal, account, window }: PrincipalDriftProps) {
  const { texts } = useTexts();
  const t = texts.usage.drift;
  const [attached, setAttached] = useDraft("generate.attached", "", isText);
  const comparison = useAction(async (text: string, signal) => {
    const compare = attachedPolicies(text) as unknown as Record<string, unknown>;
    const generated = await answer(api.POST("/generate", { body: { principal, account, ...window, compare }, signal }));
    const own = generated.principals.find((each) => each.principal === principal);
    return { comparison: own?.comparison as unknown as Comparison | undefined };
  });
  return (
    <Container
      header={
        <Header
          description={t.description}
          actions={
            <Button variant="primary" loading={comparison.loading} disabled={!attached.trim()} onClick={() => comparison.run(attached)}>
              {t.compare}
            </Button>
          }
        >
          {t.title}
        </Header>
      }
    >
      <SpaceBetween size="l">
        <FormField label={t.attached} description={t.attachedHint} stretch>
          <PolicyEditor value={attached} label={t.attached} onChange={setAttached} minHeight="120px" maxHeight="40vh" />
        </FormField>
        <ProblemView error={comparison.error} retry={() => comparison.run(attached)} />
        {comparison.data &&
          (comparison.data.comparison ? (
            <DriftView comparison={comparison.data.comparison} />
          ) : (
            <EmptyState title={t.noPolicies}>{t.noPoliciesHint}</EmptyState>
          ))}
      </SpaceBetween>
    </Container>
  );
}
