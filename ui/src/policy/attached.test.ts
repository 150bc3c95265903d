import { expect, test } from "vitest";
import { attachedPolicies } from "./attached";

const DOCUMENT = { Version: "2012-10-17", Statement: [] };

test("a document goes as its text, also one that cannot be read, and a list as its documents", () => {
  const text = JSON.stringify(DOCUMENT, null, 2);
  expect(attachedPolicies(text)).toBe(text);
  expect(attachedPolicies("{ not json")).toBe("{ not json");
  expect(attachedPolicies(`[${text}, ${text}]`)).toEqual([DOCUMENT, DOCUMENT]);
});

test("IAM's own answers are unwrapped", () => {
  expect(attachedPolicies(JSON.stringify({ RoleName: "r", PolicyDocument: DOCUMENT }))).toEqual(DOCUMENT);
  expect(attachedPolicies(JSON.stringify([{ PolicyVersion: { Document: DOCUMENT, VersionId: "v3" } }]))).toEqual([DOCUMENT]);
});
