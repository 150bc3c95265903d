import { expect, test } from "vitest";
import type { Schemas } from "../../api/client";
import { texts } from "../../text/en";
import { formatFor } from "../../text/format";
import { filterFindings, groupBySeverity, inWords } from "./severities";

function finding(changed: Partial<Schemas["Finding"]>): Schemas["Finding"] {
  return {
    code: "WHOLE_SERVICE",
    severity: "warning",
    path: "Statement[0].Action[0]",
    line: 1,
    column: 1,
    end_line: 1,
    end_column: 2,
    message: "every action of `s3` is allowed",
    title: "Whole service",
    why: "",
    instead: "",
    controls: [{ framework: "soc-2", control: "CC6.1" }],
    ...changed,
  };
}

test("the worst comes first, and what is not known last", () => {
  const findings = ["suggestion", "novel", "warning", "error", "security-warning", "warning"].map((severity) => finding({ severity }));
  const groups = groupBySeverity(findings);
  expect(groups.map((group) => [group.severity, group.findings.length])).toEqual([
    ["error", 1],
    ["security-warning", 1],
    ["warning", 2],
    ["suggestion", 1],
    ["novel", 1],
  ]);
});

test("a filter wants all of its words, wherever they stand", () => {
  const findings = [finding({ sid: "Deploy" }), finding({ code: "PASS_ROLE_WITH_STAR_IN_RESOURCE", message: "any role", controls: [] })];
  expect(filterFindings(findings, "whole deploy")).toEqual([findings[0]]);
  expect(filterFindings(findings, "PASS_ROLE_WITH_STAR_IN_RESOURCE")).toEqual([findings[1]]);
  expect(filterFindings(findings, "cc6.1")).toEqual([findings[0]]);
  expect(filterFindings(findings, "  ")).toBe(findings);
});

test("counts are words, and none is nothing", () => {
  const findings = ["error", "error", "suggestion"].map((severity) => finding({ severity }));
  expect(inWords(findings, texts.score.live, formatFor("en-US"))).toBe("2 errors, 1 suggestion");
  expect(inWords([], texts.score.live, formatFor("en-US"))).toBe("");
});
