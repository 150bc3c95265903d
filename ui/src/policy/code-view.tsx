import Box from "@cloudscape-design/components/box";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { CopyButton } from "../ui/copy-button";
import { DownloadButton } from "../ui/download-button";
import { PolicyEditor } from "./editor";

interface CodeViewProps {
  text: string;
  label: string;
  fileName: string;
  mediaType?: string;
  language?: "json" | "text";
  maxHeight?: string;
}

/** A text to read, copy and download. */
export function CodeView({ text, label, fileName, mediaType, language = "json", maxHeight = "50vh" }: CodeViewProps) {
  return (
    <SpaceBetween size="xs">
      <PolicyEditor readOnly value={text} label={label} language={language} minHeight="0" maxHeight={maxHeight} />
      <Box float="right">
        <SpaceBetween direction="horizontal" size="xs">
          <CopyButton text={text} label={label} />
          <DownloadButton text={text} fileName={fileName} mediaType={mediaType} />
        </SpaceBetween>
      </Box>
    </SpaceBetween>
  );
}
