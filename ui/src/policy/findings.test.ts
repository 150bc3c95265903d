import { Text } from "@codemirror/state";
import { expect, test } from "vitest";
import { offsetOf, toDiagnostics } from "./findings";

const TEXT = Text.of(["{", '  "Sid": "😀é",', "}"]);

test("columns count characters, of which some take two units", () => {
  expect(offsetOf(TEXT, 2, 3)).toBe(4);
  expect(offsetOf(TEXT, 2, 12)).toBe(TEXT.line(2).from + 12);
});

test("what points behind the text points at its end", () => {
  expect(offsetOf(TEXT, 99, 1)).toBe(TEXT.length);
  expect(offsetOf(TEXT, 1, 99)).toBe(1);
  expect(offsetOf(TEXT, 0, 0)).toBe(0);
});

test("a finding becomes a mark with its code, and one without a place becomes none", () => {
  const finding = { code: "WHOLE_SERVICE", severity: "security-warning", message: "`s3:*`", column: 3, end_column: 8 };
  const marks = toDiagnostics(
    [{ ...finding, line: 0, end_line: 0 }, { ...finding, line: 2, end_line: 2 }],
    TEXT,
    (severity) => severity.toUpperCase(),
  );
  expect(marks).toEqual([{ from: 4, to: 9, severity: "warning", source: "WHOLE_SERVICE", message: "SECURITY-WARNING: `s3:*`" }]);
});
