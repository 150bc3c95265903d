import Box from "@cloudscape-design/components/box";
import { useTexts } from "../../text/context";
import { CodeView } from "../code-view";
import { type Format, type Named, writePolicy } from "./formats";

interface WrittenViewProps {
  format: Format;
  named: Named;
  /** The file's name, without its ending. */
  file: string;
  label: string;
}

/** A policy in a format, to read, copy and download; or that the format has no place for it. */
export function WrittenView({ format, named, file, label }: WrittenViewProps) {
  const { texts } = useTexts();
  const written = writePolicy(format, named, file);
  if (!written) return <Box color="text-body-secondary">{texts.policy.noResource}</Box>;
  return <CodeView {...written} label={label} />;
}
