import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import Container from "@cloudscape-design/components/container";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import { type Ref, Suspense, lazy, useState } from "react";
import { type EditorHandle, PolicyEditor } from "../../policy/editor";
import { useTexts } from "../../text/context";
import type { ScoreOptions } from "./asked";
import type { LiveFindings } from "./live-findings";
import { LiveLine } from "./live-line";
import { SAMPLE_NAMES, type SampleName, isSampleName } from "./samples";
import { MOST_BYTES } from "./size";

const Options = lazy(() => import("./options"));

interface PolicyPanelProps {
  policy: string;
  onPolicy: (policy: string) => void;
  options: ScoreOptions;
  onOptions: (options: ScoreOptions) => void;
  live: LiveFindings;
  /** How many bytes there are where they are too many. */
  tooMany: number | undefined;
  loading: boolean;
  onRun: () => void;
  onCancel: () => void;
  onSample: (name: SampleName) => void;
  editor: Ref<EditorHandle>;
}

/** Where the policy is written, with its findings as it is written. */
export function PolicyPanel({ policy, onPolicy, options, onOptions, live, tooMany, loading, onRun, onCancel, onSample, editor }: PolicyPanelProps) {
  const { texts, format } = useTexts();
  const words = texts.score;
  return (
    <Container
      header={
        <Header
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <ButtonDropdown
                items={SAMPLE_NAMES.map((id) => ({ id, text: words.samples[id].name, secondaryText: words.samples[id].about }))}
                onItemClick={({ detail }) => isSampleName(detail.id) && onSample(detail.id)}
              >
                {words.samples.title}
              </ButtonDropdown>
              {loading && <Button onClick={onCancel}>{texts.common.cancel}</Button>}
              <Button
                variant="primary"
                loading={loading}
                loadingText={words.grading}
                disabled={!policy.trim() || tooMany !== undefined}
                onClick={onRun}
              >
                {words.run}
              </Button>
            </SpaceBetween>
          }
        >
          {words.policy}
        </Header>
      }
      footer={<OptionsSection options={options} onOptions={onOptions} />}
    >
      <SpaceBetween size="xs">
        {tooMany !== undefined && (
          <Alert type="warning" statusIconAriaLabel={texts.common.severity.warning}>
            {words.tooBig(format.number(tooMany), format.number(MOST_BYTES))}
          </Alert>
        )}
        <PolicyEditor ref={editor} value={policy} onChange={onPolicy} label={words.editor} findings={live.findings} minHeight="240px" maxHeight="max(260px, 100vh - 400px)" />
        <LiveLine live={live} />
      </SpaceBetween>
    </Container>
  );
}

function OptionsSection({ options, onOptions }: { options: ScoreOptions; onOptions: (options: ScoreOptions) => void }) {
  const { texts, format } = useTexts();
  const words = texts.score.options;
  const [expanded, setExpanded] = useState(false);
  const types: Record<string, string> = texts.policy.types;
  const asks: Record<string, string> = words.asks;
  const said = [
    options.type && (types[options.type] ?? options.type),
    options.minimum !== null && words.atLeast(format.number(options.minimum)),
    options.ask && (asks[options.ask] ?? options.ask),
    options.principal.trim(),
  ].filter(Boolean);
  return (
    <ExpandableSection variant="inline" headerText={words.title} headerDescription={said.join(" · ")} expanded={expanded} onChange={({ detail }) => setExpanded(detail.expanded)}>
      {expanded && (
        <Suspense fallback={<Box textAlign="center"><Spinner /></Box>}>
          <Options options={options} onChange={onOptions} />
        </Suspense>
      )}
    </ExpandableSection>
  );
}
