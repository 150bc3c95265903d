import Button from "@cloudscape-design/components/button";
import { useTexts } from "../text/context";
import { saveText } from "./save-text";

export function DownloadButton({ text, fileName, mediaType = "application/json" }: { text: string; fileName: string; mediaType?: string }) {
  const { texts } = useTexts();
  return (
    <Button iconName="download" ariaLabel={`${texts.common.download}: ${fileName}`} onClick={() => saveText(text, fileName, mediaType)}>
      {texts.common.download}
    </Button>
  );
}
