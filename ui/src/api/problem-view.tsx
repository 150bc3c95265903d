import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import { useTexts } from "../text/context";
import type { Texts } from "../text/en";
import { ApiProblem, NetworkFailure, TimedOut } from "./problem";

/** Tells what went wrong and what to do about it. */
export function ProblemView({ error, retry }: { error: unknown; retry?: () => void }) {
  const { texts } = useTexts();
  if (!error) return null;
  const { header, detail, hint } = describe(error, texts.common.problems);
  return (
    <Alert
      type="error"
      header={header}
      statusIconAriaLabel={texts.common.error}
      action={retry && <Button onClick={retry}>{texts.common.tryAgain}</Button>}
    >
      {detail && <div>{detail}</div>}
      {hint && <div>{hint}</div>}
    </Alert>
  );
}

function describe(
  error: unknown,
  problems: Texts["common"]["problems"],
): { header: string; detail?: string; hint?: string } {
  if (error instanceof NetworkFailure) return problems.network;
  if (error instanceof TimedOut) return problems.timedOut;
  if (!(error instanceof ApiProblem)) return problems.unexpected;
  const ours = { 401: problems.signedOut, 403: problems.forbidden, 413: problems.tooLarge, 503: problems.busy }[error.status];
  return {
    header: ours?.header ?? (error.status < 500 ? problems.notTaken.header : problems.failed.header),
    detail: error.detail,
    hint: error.hint ?? ours?.hint ?? (error.status < 500 ? undefined : problems.failed.hint),
  };
}
