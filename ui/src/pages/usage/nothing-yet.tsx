import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useTexts } from "../../text/context";
import { CopyButton } from "../../ui/copy-button";
import { EmptyState } from "../../ui/empty-state";

const LOCAL = "leastwise analyze --input ./AWSLogs --store usage.db && leastwise serve --store usage.db";
const SAMPLE = "leastwise serve --sample";

/** Where nothing was counted: how numbers come here. */
export function NothingYet() {
  const { texts } = useTexts();
  const t = texts.usage;
  return (
    <Container>
      <EmptyState title={t.empty}>{t.emptyHint}</EmptyState>
      <Box variant="h3" tagOverride="h2">
        {t.emptySteps}
      </Box>
      <SpaceBetween size="s">
        <div>{t.emptyDeployed}</div>
        <Command text={t.emptyLocal} command={LOCAL} />
        <Command text={t.emptySample} command={SAMPLE} />
      </SpaceBetween>
    </Container>
  );
}

/** Where the filters leave nothing. */
export function NothingMatches({ reset }: { reset: () => void }) {
  const { texts } = useTexts();
  return (
    <Container>
      <EmptyState title={texts.usage.nothingMatches}>
        <SpaceBetween size="s">
          {texts.usage.nothingMatchesHint}
          <Button onClick={reset}>{texts.usage.filters.reset}</Button>
        </SpaceBetween>
      </EmptyState>
    </Container>
  );
}

function Command({ text, command }: { text: string; command: string }) {
  return (
    <div>
      <div>{text}</div>
      <SpaceBetween direction="horizontal" size="xs" alignItems="center">
        <Box variant="code">{command}</Box>
        <CopyButton text={command} label={command} />
      </SpaceBetween>
    </div>
  );
}
