import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Form from "@cloudscape-design/components/form";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import { type FormEvent, useState } from "react";
import { NetworkFailure } from "../api/problem";
import { useAction } from "../api/use-request";
import { ProblemView } from "../api/problem-view";
import { useTexts } from "../text/context";
import { useSignIn } from "./context";

/** Asks for the token that `leastwise serve --token` was started with. */
export function TokenForm() {
  const { texts } = useTexts();
  const { takeToken } = useSignIn();
  const [token, setToken] = useState("");
  const attempt = useAction(async (candidate: string, signal) => {
    const fits = await isTaken(candidate, signal);
    if (fits) takeToken(candidate);
    return fits;
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    if (token.trim()) attempt.run(token.trim());
  }

  return (
    <form onSubmit={submit}>
      <Form
        actions={
          <Button variant="primary" formAction="submit" loading={attempt.loading}>
            {texts.signIn.start}
          </Button>
        }
      >
        <Container header={<Header variant="h1" description={texts.signIn.tokenWhy}>{texts.signIn.title}</Header>}>
          <FormField
            label={texts.signIn.token}
            description={texts.signIn.tokenKept}
            errorText={attempt.data === false && !attempt.loading ? texts.signIn.tokenWrong : undefined}
          >
            <Input type="password" autoComplete={false} value={token} onChange={({ detail }) => setToken(detail.value)} />
          </FormField>
          <ProblemView error={attempt.error} />
        </Container>
      </Form>
    </form>
  );
}

// Any route that wants a token tells; this one is cheap. Only 401 says that it is the wrong one.
async function isTaken(token: string, signal: AbortSignal): Promise<boolean> {
  try {
    const response = await fetch("/api/principals?limit=1", { headers: { Authorization: `Bearer ${token}` }, signal });
    return response.status !== 401;
  } catch (error) {
    if (signal.aborted) throw error;
    throw new NetworkFailure("", { cause: error });
  }
}
