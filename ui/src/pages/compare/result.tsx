import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tabs from "@cloudscape-design/components/tabs";
import { useMemo } from "react";
import type { Schemas } from "../../api/client";
import { SideBySide } from "../../policy/side-by-side";
import { useTexts } from "../../text/context";
import { CopyButton } from "../../ui/copy-button";
import { DownloadButton } from "../../ui/download-button";
import { EmptyState } from "../../ui/empty-state";
import { BlockList } from "./block-list";
import type { Decider } from "./replay";
import { toMarkdown } from "./report";
import { type Compared, RequestView, type Side } from "./request-view";
import type { Pair } from "./samples";
import { Verdict } from "./verdict";
import { Warnings } from "./warnings-view";

export interface Comparison extends Compared {
  diff: Schemas["DiffAnswer"];
  texts: Pair;
}

interface ResultProps {
  comparison: Comparison;
  /** Whether the editors hold other policies, or other choices were made, since. */
  outdated: boolean;
  again: () => void;
  reveal: (side: Side, statement: Decider) => void;
}

/** A comparison: the verdict, what it rests on, and the texts side by side. */
export function Result({ comparison, outdated, again, reveal }: ResultProps) {
  const { texts } = useTexts();
  const words = texts.compare;
  const { diff, places } = comparison;
  // The page is drawn again at each key in its editors.
  const markdown = useMemo(() => toMarkdown(diff, places, words), [diff, places, words]);
  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={
            <SpaceBetween direction="horizontal" size="xs" alignItems="center">
              {outdated && <Button onClick={again}>{words.again}</Button>}
              <Box variant="span" color="text-body-secondary">
                {words.report.name}
              </Box>
              <CopyButton text={markdown} label={words.report.name} />
              <DownloadButton text={markdown} fileName="comparison.md" mediaType="text/markdown" />
            </SpaceBetween>
          }
          description={outdated ? words.outdated : words.forType(texts.policy.types[comparison.type])}
        >
          {words.verdict}
        </Header>
      }
    >
      <SpaceBetween size="l">
        <Warnings diff={diff} />
        <Verdict diff={diff} />
        <Tabs
          ariaLabel={words.views}
          tabs={[
            { id: "access", label: words.access, content: <Access comparison={comparison} reveal={reveal} /> },
            {
              id: "text",
              label: words.text,
              content: <SideBySide {...comparison.texts} oldLabel={words.old} newLabel={words.new} />,
            },
          ]}
        />
      </SpaceBetween>
    </Container>
  );
}

function Access({ comparison, reveal }: Pick<ResultProps, "comparison" | "reveal">) {
  const { texts } = useTexts();
  const { added, removed, verdict, witness } = comparison.diff;
  const { same, sameHint, nothingShown, nothingShownHint } = texts.compare;
  // Where what is new cannot be cut into blocks, the request that shows it still can be tried.
  const loose = added.length === 0 && witness ? witness : undefined;
  if (added.length === 0 && removed.length === 0 && !loose) {
    return verdict === "no-new-access" ? (
      <EmptyState title={same}>{sameHint}</EmptyState>
    ) : (
      <EmptyState title={nothingShown}>{nothingShownHint}</EmptyState>
    );
  }
  return (
    <SpaceBetween size="l">
      {loose && (
        <Container header={<Header variant="h3">{texts.compare.witness}</Header>}>
          <RequestView request={loose} compared={comparison} reveal={reveal} />
        </Container>
      )}
      <BlockList blocks={added} side="new" compared={comparison} reveal={reveal} />
      <BlockList blocks={removed} side="old" compared={comparison} reveal={reveal} />
    </SpaceBetween>
  );
}
