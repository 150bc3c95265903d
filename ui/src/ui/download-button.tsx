import Button from "@cloudscape-design/components/button";
import { useTexts } from "../text/context";

export function DownloadButton({ text, fileName, mediaType = "application/json" }: { text: string; fileName: string; mediaType?: string }) {
  const { texts } = useTexts();
  return (
    <Button iconName="download" ariaLabel={`${texts.common.download}: ${fileName}`} onClick={() => download(text, fileName, mediaType)}>
      {texts.common.download}
    </Button>
  );
}

function download(text: string, fileName: string, mediaType: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: mediaType }));
  const link = document.createElement("a");
  link.href = address;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(address);
}
