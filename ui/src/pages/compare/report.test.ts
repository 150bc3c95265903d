import { expect, test } from "vitest";
import { compare as texts } from "../../text/en/compare";
import { toMarkdown } from "./report";

const block = { policy: 0, statement: 0, allows: { Action: "s3:GetObject" }, whole: false, witness: { action: "s3:GetObject" } };

test("a report says the verdict, each block and a request in it", () => {
  const places = { old: [[]], new: [[{ line: 1, column: 1, sid: "Read" }]] };
  const markdown = toMarkdown({ verdict: "new-access", reason: "", added: [block], removed: [] }, places, texts);
  expect(markdown).toContain("## Change of access: New access");
  expect(markdown).toContain("Statement 1 (` Read `) of the new policy. A part of this is new:");
  expect(markdown).toContain('```json\n{\n  "Action": "s3:GetObject"\n}\n```');
  expect(markdown).not.toContain("### Removed");
});

test("nothing of a policy leaves its code", () => {
  const hostile = { ...block, allows: { Action: "````\n# @everybody <script>" } };
  const places = { old: [[]], new: [[{ line: 1, column: 1, sid: "`` @somebody\n# title" }]] };
  const markdown = toMarkdown({ verdict: "new-access", reason: "", added: [hostile], removed: [] }, places, texts);
  expect(markdown).toContain("``` `` @somebody # title ```");
  expect(markdown).toContain("`````json");
});

test("a doubt is told in words, with what comes from the policy in code", () => {
  const diff = { verdict: "inconclusive", reason: "only AWS knows who `@AIDA` is", added: [], removed: [] };
  expect(toMarkdown(diff, { old: [], new: [] }, texts)).toContain("Only AWS knows who ` @AIDA ` is:");
});
