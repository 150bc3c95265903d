import Alert from "@cloudscape-design/components/alert";
import { ApiProblem } from "../../api/problem";
import { ProblemView } from "../../api/problem-view";
import { useTexts } from "../../text/context";

/** Whether somebody else has changed the settings since they were read. */
export function isConflict(error: unknown): boolean {
  return error instanceof ApiProblem && error.status === 409;
}

/** Why changes were not saved. They are kept. */
export function Refusal({ error }: { error: unknown }) {
  const { texts } = useTexts();
  const words = texts.settings;
  if (error instanceof ApiProblem && error.status === 403) {
    return (
      <Alert type="error" header={words.forbidden} statusIconAriaLabel={texts.common.error}>
        {words.forbiddenHint}
      </Alert>
    );
  }
  return <ProblemView error={error} />;
}
