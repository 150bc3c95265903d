import { expect, test } from "vitest";
import { decidersOf, policiesFor, takesOthersAsAllowing } from "./replay";

const DOCUMENT = { Version: "2012-10-17", Statement: [{ Sid: "a" }, { Sid: "b" }] };
const SECOND = { Version: "2012-10-17", Statement: { Sid: "c" } };
const USER = "arn:aws:iam::111122223333:user/someone";
const HERE = { principal: USER, context: { "aws:principalaccount": "111122223333", "aws:resourceaccount": "111122223333" } };
const THERE = { principal: USER, context: { "aws:principalaccount": "111122223333", "aws:resourceaccount": "444455556666" } };

test("an identity policy decides alone", () => {
  expect(policiesFor(THERE, DOCUMENT, "identity")).toEqual({ identity: [DOCUMENT] });
  expect(takesOthersAsAllowing(THERE, "identity")).toBe(false);
});

test("a policy of a resource decides alone within its account, and needs the other side across accounts", () => {
  expect(policiesFor(HERE, DOCUMENT, "resource")).toEqual({ resource: DOCUMENT });
  expect(Object.keys(policiesFor(THERE, DOCUMENT, "trust")).sort()).toEqual(["identity", "resource"]);
  expect(takesOthersAsAllowing(THERE, "resource")).toBe(true);
});

test.each(["boundary", "session", "scp", "rcp", "endpoint"] as const)("a limit of type %s is asked below policies that allow all", (type) => {
  const field = { boundary: "boundary", session: "session", scp: "scps", rcp: "rcps", endpoint: "endpoint" }[type];
  expect(Object.keys(policiesFor(HERE, DOCUMENT, type)).sort()).toEqual([field, "identity"].sort());
  expect(takesOthersAsAllowing(HERE, type)).toBe(true);
});

test("a list of documents is one level of limits, and one policy of a resource", () => {
  expect(policiesFor(HERE, [DOCUMENT, SECOND], "scp").scps).toEqual([[DOCUMENT, SECOND]]);
  expect(policiesFor(HERE, [DOCUMENT, SECOND], "resource").resource).toMatchObject({ Statement: [{ Sid: "a" }, { Sid: "b" }, { Sid: "c" }] });
});

test("what decided is found in the text, and what was only taken to allow is not named", () => {
  const by = [
    { layer: "identity", policy: 0, statement: 0 },
    { layer: "resource", policy: 0, statement: 2 },
  ];
  expect(decidersOf(by, [DOCUMENT, SECOND], "resource")).toEqual([{ policy: 1, statement: 0 }]);
  expect(decidersOf([{ layer: "scp", level: 0, policy: 1, statement: 0 }], [DOCUMENT, SECOND], "scp")).toEqual([{ policy: 1, statement: 0 }]);
});
