import Box from "@cloudscape-design/components/box";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { Schemas } from "../../../../api/client";
import { CodeView } from "../../../../policy/code-view";
import { useTexts } from "../../../../text/context";
import { DownloadButton } from "../../../../ui/download-button";
import type { Version } from "../versions";

interface CommandsProps {
  version: Version;
  original: string;
  better: Schemas["Better"] | null | undefined;
}

/** The API's commands, which take the two files that are offered beside them. */
export function Commands({ version, original, better }: CommandsProps) {
  const { texts } = useTexts();
  const words = texts.score.take;
  // Commands go by the policy's type, and are the same for every version.
  const apply = better?.apply ?? [];
  const rollBack = better?.roll_back ?? [];
  if (apply.length === 0) return <Box color="text-body-secondary">{words.noCommands}</Box>;
  return (
    <SpaceBetween size="m">
      <Box color="text-body-secondary">{words.commandsHint}</Box>
      <SpaceBetween direction="horizontal" size="l">
        <File name={words.betterFile} text={version.text} fileName="better.json" />
        <File name={words.originalFile} text={original} fileName="original.json" />
      </SpaceBetween>
      <Script title={words.apply} lines={apply} fileName="apply.sh" />
      {rollBack.length > 0 && <Script title={words.rollBack} lines={rollBack} fileName="roll-back.sh" />}
    </SpaceBetween>
  );
}

function File({ name, text, fileName }: { name: string; text: string; fileName: string }) {
  return (
    <SpaceBetween direction="horizontal" size="xs" alignItems="center">
      <span>
        {name}: <code>{fileName}</code>
      </span>
      <DownloadButton text={text} fileName={fileName} />
    </SpaceBetween>
  );
}

function Script({ title, lines, fileName }: { title: string; lines: string[]; fileName: string }) {
  return (
    <div>
      <Box variant="h4" tagOverride="h3">{title}</Box>
      <CodeView text={lines.join("\n")} label={title} fileName={fileName} language="text" mediaType="text/x-shellscript" />
    </div>
  );
}
