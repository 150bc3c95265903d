import type { Schemas } from "../../../../api/client";

type Finding = Schemas["Finding"];

const LEVELS: Record<string, string> = { error: "error", "security-warning": "warning", warning: "warning", suggestion: "note" };
// Code scanning takes rules with a number as security alerts; 7 and above are high.
const SECURITY: Record<string, string> = { "security-warning": "7.0" };

/** Findings as one run for code scanning. https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
export function toSarif(findings: readonly Finding[], fileName: string): string {
  const rules = new Map<string, Finding>();
  for (const finding of findings) if (!rules.has(finding.code)) rules.set(finding.code, finding);
  const codes = [...rules.keys()];
  const log = {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "leastwise", rules: [...rules.values()].map(ruleOf) } },
        // Columns count characters.
        columnKind: "unicodeCodePoints",
        results: findings.map((finding) => ({
          ruleId: finding.code,
          ruleIndex: codes.indexOf(finding.code),
          level: levelOf(finding),
          message: { text: finding.message },
          locations: [placeOf(finding, fileName, finding.path)],
          ...(finding.related?.length && { relatedLocations: finding.related.map((place, id) => ({ id, ...placeOf(place, fileName, place.path) })) }),
        })),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function ruleOf(finding: Finding) {
  const security = SECURITY[finding.severity];
  const help = `${finding.why} ${finding.instead}`;
  return {
    id: finding.code,
    shortDescription: { text: finding.title },
    fullDescription: { text: help },
    help: { text: help },
    defaultConfiguration: { level: levelOf(finding) },
    properties: {
      tags: security ? ["aws", "iam", "security"] : ["aws", "iam"],
      precision: "high",
      ...(security && { "security-severity": security }),
    },
  };
}

function levelOf({ severity }: Finding): string {
  return LEVELS[severity] ?? "warning";
}

function placeOf(place: Schemas["Place"], fileName: string, path: string) {
  const region = {
    startLine: Math.max(1, place.line),
    startColumn: Math.max(1, place.column),
    // A policy that came from no text has no end either.
    ...(place.line > 0 && { endLine: place.end_line, endColumn: place.end_column }),
  };
  return {
    physicalLocation: { artifactLocation: { uri: encodeURI(fileName) }, region },
    ...(path && { logicalLocations: [{ fullyQualifiedName: path }] }),
  };
}
