import type { Diagnostic } from "@codemirror/lint";
import type { Text } from "@codemirror/state";
import type { Schemas } from "../api/client";

/** What the editor shows of a finding; lines and columns count from 1, the end is behind the last character. */
export type EditorFinding = Pick<
  Schemas["Finding"],
  "code" | "severity" | "line" | "column" | "end_line" | "end_column" | "message"
>;

export const SEVERITIES = ["error", "security-warning", "warning", "suggestion"] as const;
export type Severity = (typeof SEVERITIES)[number];

const MARKS: Record<string, Diagnostic["severity"]> = {
  error: "error",
  "security-warning": "warning",
  warning: "warning",
  suggestion: "info",
};

/** `name` says a severity in words. */
export function toDiagnostics(findings: readonly EditorFinding[], text: Text, name: (severity: string) => string): Diagnostic[] {
  return findings
    .filter(({ line }) => line > 0)
    .map((finding) => {
      const from = offsetOf(text, finding.line, finding.column);
      const to = Math.max(from, offsetOf(text, finding.end_line, finding.end_column));
      return {
        from,
        to,
        severity: MARKS[finding.severity] ?? "info",
        source: finding.code,
        message: `${name(finding.severity)}: ${finding.message}`,
      };
    })
    .sort((left, right) => left.from - right.from);
}

/** The text may have changed since it was checked: what points behind its end points at its end. */
export function offsetOf(text: Text, line: number, column: number): number {
  if (line > text.lines) return text.length;
  const { from, text: content } = text.line(Math.max(1, line));
  // Columns count characters; CodeMirror counts UTF-16 units, of which some characters take two.
  let offset = 0;
  for (let at = 1; at < column && offset < content.length; at += 1) {
    offset += (content.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1;
  }
  return from + offset;
}
