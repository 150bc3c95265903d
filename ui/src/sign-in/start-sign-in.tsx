import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useAction } from "../api/use-request";
import { useTexts } from "../text/context";
import { Page } from "../ui/page";

/** Leads to the provider; says so where the provider cannot be reached or is not whom the API names. */
export function StartSignIn({ start }: { start: () => Promise<void> }) {
  const { texts } = useTexts();
  const leaving = useAction<undefined, unknown>(start);
  return (
    <Page title={texts.signIn.title} description={texts.signIn.why}>
      <SpaceBetween size="m">
        <Button variant="primary" loading={leaving.loading} onClick={() => leaving.run(undefined)}>
          {texts.signIn.start}
        </Button>
        {leaving.error instanceof Error && (
          <Alert type="error" header={texts.signIn.failed} statusIconAriaLabel={texts.common.error}>
            <code>{leaving.error.message}</code>
          </Alert>
        )}
      </SpaceBetween>
    </Page>
  );
}
