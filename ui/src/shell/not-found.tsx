import { useTexts } from "../text/context";
import { Page } from "../ui/page";

export function NotFound() {
  const { texts } = useTexts();
  return (
    <Page title={texts.shell.notFound} description={texts.shell.notFoundHint}>
      {null}
    </Page>
  );
}
