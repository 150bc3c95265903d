import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { type FormEvent, useState } from "react";
import { NetworkFailure } from "../api/problem";
import { ProblemView } from "../api/problem-view";
import { useAction } from "../api/use-request";
import { useTexts } from "../text/context";
import { Page } from "../ui/page";
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
    <Page title={texts.signIn.title} description={texts.signIn.tokenWhy}>
      <form onSubmit={submit}>
        <SpaceBetween size="m">
          <FormField
            label={texts.signIn.token}
            description={texts.signIn.tokenKept}
            errorText={attempt.data === false && !attempt.loading ? texts.signIn.tokenWrong : undefined}
          >
            <Input type="password" autoComplete={false} value={token} onChange={({ detail }) => setToken(detail.value)} />
          </FormField>
          <ProblemView error={attempt.error} />
          <Button variant="primary" formAction="submit" loading={attempt.loading}>
            {texts.signIn.start}
          </Button>
        </SpaceBetween>
      </form>
    </Page>
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
