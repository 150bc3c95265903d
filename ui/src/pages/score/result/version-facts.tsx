import Box from "@cloudscape-design/components/box";
import StatusIndicator, { type StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";
import { type Schemas, answer as answered, api, asPolicy } from "../../../api/client";
import { useRequest } from "../../../api/use-request";
import { writeExact } from "../../../policy/exact";
import { useTexts } from "../../../text/context";
import { visible } from "../../../ui/visible";
import type { Version } from "./versions";

const INDICATORS: Record<string, StatusIndicatorProps.Type> = {
  narrower: "success",
  "no-wider": "success",
  same: "info",
  "nothing-to-compare": "warning",
  "numbers-changed": "warning",
};

/** What is proved of a version, and its score beside the original's. */
export function VersionFacts({ version, answer }: { version: Version; answer: Schemas["ScoreAnswer"] }) {
  const { texts, format } = useTexts();
  const words = texts.score.better;
  const effects: Record<string, string> = words.effects;
  // What a model proposes comes without a score: the rules are asked, and nobody else.
  const own = useRequest(version.score === null ? version.text : null, (signal) =>
    answered(api.POST("/score", { body: { policy: asPolicy(version.text), type: answer.type, advisor: false }, signal })),
  );
  const score = version.score ?? own.data?.score;
  const risk = version.risk ?? own.data?.risk;
  const number = (value: number | null | undefined) => (typeof value === "number" ? format.number(value) : "—");
  return (
    <div>
      <div className="score-facts">
        <StatusIndicator type={INDICATORS[version.effect] ?? "info"}>{effects[version.effect] ?? version.effect}</StatusIndicator>
        {own.loading ? (
          <StatusIndicator type="loading">{words.scoring}</StatusIndicator>
        ) : (
          <Box variant="span">
            <strong>{words.scores(number(answer.score), number(score))}</strong>, {words.risks(number(answer.risk), number(risk))}
          </Box>
        )}
      </div>
      {version.refuses && (
        <Box color="text-body-secondary">
          {words.refuses} <code>{visible(requestInWords(version.refuses))}</code>
        </Box>
      )}
    </div>
  );
}

function requestInWords(request: Record<string, unknown>): string {
  const { action, resource } = request;
  return typeof action === "string" && typeof resource === "string" ? `${action} ${resource}` : writeExact(request);
}
