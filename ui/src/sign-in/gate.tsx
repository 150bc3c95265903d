import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ReactNode } from "react";
import { ProblemView } from "../api/problem-view";
import { Loading } from "../shell/loading";
import { useTexts } from "../text/context";
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
    <Container header={<Header variant="h1">{texts.signIn.title}</Header>}>
      <SpaceBetween size="m">
        <Box variant="p">{texts.signIn.why}</Box>
        <Button variant="primary" onClick={() => void start()}>
          {texts.signIn.start}
        </Button>
      </SpaceBetween>
    </Container>
  );
}
