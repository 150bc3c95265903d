import type { Schemas } from "../../api/client";
import { SEVERITIES } from "../../policy/findings";
import type { Texts } from "../../text/en";
import type { Format } from "../../text/format";

type Finding = Schemas["Finding"];

export interface Group {
  severity: string;
  findings: Finding[];
}

/** By severity, the worst first; severities that are not known come last, as they are called. */
export function groupBySeverity(findings: readonly Finding[]): Group[] {
  const groups = new Map<string, Finding[]>(SEVERITIES.map((severity) => [severity, []]));
  for (const finding of findings) {
    const group = groups.get(finding.severity);
    if (group) group.push(finding);
    else groups.set(finding.severity, [finding]);
  }
  return [...groups].map(([severity, found]) => ({ severity, findings: found })).filter((group) => group.findings.length > 0);
}

/** Those with all words of `filter` somewhere in what they say. */
export function filterFindings(findings: readonly Finding[], filter: string): readonly Finding[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return findings;
  return findings.filter((finding) => {
    const controls = finding.controls.map(({ framework, control }) => `${framework} ${control}`);
    const said = [finding.code, finding.title, finding.message, finding.path, finding.sid ?? "", ...controls].join("\n").toLowerCase();
    return words.every((word) => said.includes(word));
  });
}

/** "2 errors, 1 warning". */
export function inWords(findings: readonly { severity: string }[], texts: Texts["score"]["live"], format: Format): string {
  const names = {
    error: texts.errors,
    "security-warning": texts.securityWarnings,
    warning: texts.warnings,
    suggestion: texts.suggestions,
  };
  return SEVERITIES.map((severity) => ({ severity, count: findings.filter((each) => each.severity === severity).length }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => `${format.number(count)} ${format.plural(count, names[severity])}`)
    .join(", ");
}
