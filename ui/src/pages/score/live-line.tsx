import Box from "@cloudscape-design/components/box";
import StatusIndicator, { type StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";
import { useTexts } from "../../text/context";
import { Said } from "../../ui/said";
import type { LiveFindings } from "./live-findings";
import { inWords } from "./severities";

/** Under the editor: how many findings there are, said quietly when they have changed. */
export function LiveLine({ live }: { live: LiveFindings }) {
  const { texts, format } = useTexts();
  const words = texts.score.live;
  const count = inWords(live.findings, words, format);
  const more = live.more > 0 ? `, ${words.more(format.number(live.more))}` : "";
  const none = live.accepted > 0 ? texts.score.findings.allAccepted : words.none;
  const isChecking = live.state === "checking";
  return (
    <div className="score-live">
      <div role="status" aria-live="polite" aria-busy={isChecking} aria-atomic>
        {live.state === "nothing" && <Box color="text-body-secondary">{words.nothing}</Box>}
        {live.state === "paused" && (
          <StatusIndicator type={live.refusal ? "error" : "warning"}>
            {live.refusal ? (
              <span lang="en">
                <Said>{live.refusal}</Said>
              </span>
            ) : (
              words.paused
            )}
          </StatusIndicator>
        )}
        {(live.state === "checked" || isChecking) && (
          <StatusIndicator type={isChecking && !count ? "pending" : worst(live)}>{count ? count + more : isChecking ? words.checking : none}</StatusIndicator>
        )}
      </div>
      <Box color="text-body-secondary" fontSize="body-s">
        {live.state === "checked" && count && `${words.next} · `}
        {texts.score.runHint}
      </Box>
    </div>
  );
}

function worst({ findings }: LiveFindings): StatusIndicatorProps.Type {
  if (findings.some(({ severity }) => severity === "error")) return "error";
  if (findings.some(({ severity }) => severity !== "suggestion")) return "warning";
  return findings.length > 0 ? "info" : "success";
}
