import Alert, { type AlertProps } from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import type { Schemas } from "../../api/client";
import { useTexts } from "../../text/context";
import { explainDoubt } from "./reason";

const TYPES: Record<string, AlertProps.Type> = { "no-new-access": "success", "new-access": "warning", inconclusive: "info" };

/** The answer in one sentence, and what it means. */
export function Verdict({ diff }: { diff: Schemas["DiffAnswer"] }) {
  const { texts, format } = useTexts();
  const verdicts: Record<string, string> = texts.compare.verdicts;
  return (
    <div role="status">
      <Alert
        type={TYPES[diff.verdict] ?? "info"}
        header={verdicts[diff.verdict] ?? diff.verdict}
        statusIconAriaLabel={texts.compare.verdict}
      >
        <Meaning diff={diff} />
        {diff.verdict !== "inconclusive" && (
          <Box color="inherit">
            {texts.compare.counts(
              `${format.number(diff.added.length)} ${format.plural(diff.added.length, texts.compare.addedCount)}`,
              `${format.number(diff.removed.length)} ${format.plural(diff.removed.length, texts.compare.removedCount)}`,
            )}
          </Box>
        )}
      </Alert>
    </div>
  );
}

function Meaning({ diff }: { diff: Schemas["DiffAnswer"] }) {
  const { texts } = useTexts();
  const { explained, doubts } = texts.compare;
  if (diff.verdict === "no-new-access") return <div>{explained["no-new-access"]}</div>;
  if (diff.verdict === "new-access") return <div>{explained["new-access"]}</div>;
  const { detail, hint } = explainDoubt(diff.reason, doubts);
  return (
    <>
      <div>{detail}</div>
      <div>{hint}</div>
    </>
  );
}
