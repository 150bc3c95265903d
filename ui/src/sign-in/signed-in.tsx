import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import { useEffect, useState } from "react";
import { useNavigate } from "react-router";
import { ProblemView } from "../api/problem-view";
import { Loading } from "../shell/loading";
import { useTexts } from "../text/context";
import { useSignIn } from "./context";
import { finishSignIn } from "./oidc";
import { setSession } from "./session";

// An answer is taken once, and React may run an effect twice.
let finishing: ReturnType<typeof finishSignIn> | undefined;

/** Where the provider sends people back to. */
export function SignedIn() {
  const { settings, error, reload, start } = useSignIn();
  const { texts } = useTexts();
  const navigate = useNavigate();
  const [reason, setReason] = useState<string>();

  useEffect(() => {
    if (!settings) return;
    if (settings.kind !== "oidc") {
      void navigate("/", { replace: true });
      return;
    }
    finishing ??= finishSignIn(settings, new URLSearchParams(window.location.search));
    finishing.then(
      ({ session, page }) => {
        finishing = undefined;
        setSession(session);
        // Also takes the code out of the address and the history.
        void navigate(page, { replace: true });
      },
      (failure: unknown) => {
        finishing = undefined;
        setReason(reasonOf(failure));
      },
    );
  }, [settings, navigate]);

  if (error) return <ProblemView error={error} retry={reload} />;
  if (reason === undefined) return <Loading />;
  return (
    <Alert
      type="error"
      header={texts.signIn.failed}
      statusIconAriaLabel={texts.common.error}
      action={<Button onClick={() => start().catch((failure: unknown) => setReason(reasonOf(failure)))}>{texts.common.tryAgain}</Button>}
    >
      <code>{reason}</code>
    </Alert>
  );
}

function reasonOf(failure: unknown): string {
  return failure instanceof Error ? failure.message : String(failure);
}
