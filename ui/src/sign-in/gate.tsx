import Button from "@cloudscape-design/components/button";
import type { ReactNode } from "react";
import { ProblemView } from "../api/problem-view";
import { Loading } from "../shell/loading";
import { useTexts } from "../text/context";
import { Page } from "../ui/page";
import { useSignIn } from "./context";
import { TokenForm } from "./token-form";

/** Shows its children to those who are signed in, and to everybody where nobody has to. */
export function Gate({ children }: { children: ReactNode }) {
  const { settings, error, reload, session, start } = useSignIn();
  const { texts } = useTexts();
  if (error) return <ProblemView error={error} retry={reload} />;
  if (!settings) return <Loading />;
  if (settings.kind === "none" || session) return children;
  if (settings.kind === "token") return <TokenForm />;
  return (
    <Page title={texts.signIn.title} description={texts.signIn.why}>
      <Button variant="primary" onClick={() => void start()}>
        {texts.signIn.start}
      </Button>
    </Page>
  );
}
