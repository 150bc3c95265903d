import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import { useTexts } from "../text/context";

/** `label` says what is copied, for those who do not see it. */
export function CopyButton({ text, label }: { text: string; label?: string }) {
  const { texts } = useTexts();
  return (
    <CopyToClipboard
      textToCopy={text}
      copyButtonText={texts.common.copy}
      copyButtonAriaLabel={label ? `${texts.common.copy}: ${label}` : undefined}
      copySuccessText={texts.common.copied}
      copyErrorText={texts.common.notCopied}
    />
  );
}
