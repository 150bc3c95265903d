import { expect, test } from "vitest";
import type { Schemas } from "../../../../api/client";
import { toSarif } from "./sarif";

const FINDING: Schemas["Finding"] = {
  code: "PASS_ROLE_WITH_STAR_IN_RESOURCE",
  severity: "security-warning",
  path: "Statement[0].Action[1]",
  line: 3,
  column: 65,
  end_line: 3,
  end_column: 79,
  message: "the statement allows to pass any role to any service",
  related: [{ path: "Statement[0].Resource", line: 3, column: 132, end_line: 3, end_column: 135 }],
  title: "PassRole with star in resource",
  why: "Whoever has the policy can hand these roles to a service.",
  instead: "Name the roles.",
  controls: [],
};

test("a finding is a result of its rule, where it stands", () => {
  const log = JSON.parse(toSarif([FINDING, { ...FINDING, line: 0 }, { ...FINDING, code: "X", severity: "suggestion" }], "my policy.json"));
  const [run] = log.runs;
  expect(log.version).toBe("2.1.0");
  expect(run.tool.driver.rules.map(({ id }: { id: string }) => id)).toEqual(["PASS_ROLE_WITH_STAR_IN_RESOURCE", "X"]);
  expect(run.tool.driver.rules[0].properties["security-severity"]).toBe("7.0");
  const [first, nowhere, other] = run.results;
  expect(first.locations[0].physicalLocation).toEqual({
    artifactLocation: { uri: "my%20policy.json" },
    region: { startLine: 3, startColumn: 65, endLine: 3, endColumn: 79 },
  });
  expect(first.relatedLocations[0].physicalLocation.region.startColumn).toBe(132);
  expect(nowhere.locations[0].physicalLocation.region).toEqual({ startLine: 1, startColumn: 65 });
  expect(other).toMatchObject({ ruleIndex: 1, level: "note" });
});
