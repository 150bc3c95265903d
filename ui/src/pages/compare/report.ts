import type { Schemas } from "../../api/client";
import { toJson } from "../../policy/document";
import type { Texts } from "../../text/en";
import type { Block } from "./access";
import { explainDoubt } from "./reason";
import type { StatementPlace } from "./statements";
import { warningsOf } from "./warnings";

export interface Places {
  old: StatementPlace[][];
  new: StatementPlace[][];
}

/** A comparison as Markdown, for the description of a pull request. Policies stand in code blocks that they cannot leave. */
export function toMarkdown(diff: Schemas["DiffAnswer"], places: Places, texts: Texts["compare"]): string {
  const verdicts: Record<string, string> = texts.verdicts;
  const lines = [`## ${texts.report.title}: ${verdicts[diff.verdict] ?? diff.verdict}`, ""];
  const warnings = warningsOf(diff);
  if (warnings.length > 0) lines.push(`**${texts.warnings.title}**`, "", `${texts.warnings.meaning}`, "");
  for (const { policy, line, message } of warnings) lines.push(`- ${texts.warnings.place[policy](line)}: ${span(message)}`);
  if (warnings.length > 0) lines.push("");
  lines.push(spoken(diff, texts));
  section(texts.added, diff.added, "new");
  section(texts.removed, diff.removed, "old");
  lines.push("", texts.report.madeWith);
  return `${lines.join("\n")}\n`;

  function section(title: string, blocks: Block[], side: keyof Places) {
    if (blocks.length === 0) return;
    lines.push("", `### ${title}`);
    for (const block of blocks) {
      const sid = places[side][block.policy]?.[block.statement]?.sid;
      const statement = texts.statement(block.statement + 1, sid && span(sid));
      lines.push("", `${statement} ${texts.policyNames[side]}. ${texts.extent[side][block.whole ? "whole" : "part"]}:`, "", ...code(block.allows));
      lines.push("", "<details>", `<summary>${texts.witness}</summary>`, "", ...code(block.witness), "", "</details>");
    }
  }
}

function spoken(diff: Schemas["DiffAnswer"], texts: Texts["compare"]): string {
  if (diff.verdict === "no-new-access") return texts.explained["no-new-access"];
  if (diff.verdict === "new-access") return texts.explained["new-access"];
  return explainDoubt(diff.reason, texts.doubts, span).detail;
}

function code(value: unknown): string[] {
  const text = toJson(value);
  const fence = "`".repeat(Math.max(3, longestRun(text) + 1));
  return [`${fence}json`, text, fence];
}

// Within code nothing of a policy is markup, a link or a mention.
function span(text: string): string {
  const line = text.replaceAll(/[\r\n]+/gu, " ");
  const fence = "`".repeat(longestRun(line) + 1);
  return `${fence} ${line} ${fence}`;
}

// A fence has to be longer than any run of backticks in what it holds.
function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/gu)].map(([run]) => run.length));
}
