import { expect, test } from "vitest";
import { findDuplicateKey } from "./duplicates";

test("a key that stands twice in one object is found where it stands the second time", () => {
  expect(findDuplicateKey('{"Version": "2012-10-17",\n "Statement": [{"Sid": "a"}],\n "Statement": []}')).toEqual({ key: "Statement", line: 3, column: 2 });
  expect(findDuplicateKey('[{}, {"a": {"😀": 1, "b": 2, "b": 3}}]')).toEqual({ key: "b", line: 1, column: 29 });
});

test("however it is written", () => {
  expect(findDuplicateKey('{"Statement": 1, "Statem\\u0065nt": 2}')).toEqual({ key: "Statement", line: 1, column: 18 });
});

test("the same key in several objects is none", () => {
  expect(findDuplicateKey('{"Statement": [{"Sid": "a", "Condition": {"Sid": 1}}, {"Sid": "b"}], "Sid": "c"}')).toBeUndefined();
});
