import { expect, test } from "vitest";
import { attachedPolicies } from "./attached";

const DOCUMENT = '{ "Version": "2012-10-17", "Statement": [{"Sid": "a", "Condition": {"NumericEquals": {"s3:max-keys": 9007199254740993}}}] }';
const TWICE = '{"Statement": [], "Statement": [{"Sid": "b"}]}';

test("a document goes as its text, also one that cannot be read, and a list as the texts in it", () => {
  expect(attachedPolicies(` ${DOCUMENT}\n`)).toBe(` ${DOCUMENT}\n`);
  expect(attachedPolicies("{ not json")).toBe("{ not json");
  expect(attachedPolicies(`[${DOCUMENT}, ${DOCUMENT}]`)).toEqual([DOCUMENT, DOCUMENT]);
});

test("IAM's own answers are unwrapped", () => {
  expect(attachedPolicies(`{"RoleName": "r", "PolicyDocument": ${DOCUMENT}}`)).toBe(DOCUMENT);
  expect(attachedPolicies(`[{"PolicyVersion": {"Document": ${DOCUMENT}, "VersionId": "v3"}}]`)).toEqual([DOCUMENT]);
  expect(attachedPolicies(`[{"PolicyDocument": ${JSON.stringify(DOCUMENT)}}]`)).toEqual([DOCUMENT]);
});

test("nothing that stands twice is dropped on the way to the API", () => {
  expect(attachedPolicies(TWICE)).toBe(TWICE);
  expect(attachedPolicies(`[${TWICE}]`)).toEqual([TWICE]);
  expect(attachedPolicies(`[{"PolicyDocument": ${TWICE}}]`)).toEqual([TWICE]);
});
