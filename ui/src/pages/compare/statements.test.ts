import { expect, test } from "vitest";
import { findStatements } from "./statements";

test("statements are found by line and column, whatever the layout", () => {
  const text = '{"Statement": [\n  {"Sid": "One"},\n  {\n    "Effect": "Allow"\n  }]}';
  expect(findStatements(text)).toEqual([
    [
      { line: 2, column: 3, sid: "One" },
      { line: 3, column: 3, sid: undefined },
    ],
  ]);
});

test("a statement may stand without a list, and a document in one", () => {
  expect(findStatements('[{"Statement": {"Sid": "a"}},\n {"Statement": []}]')).toEqual([[{ line: 1, column: 16, sid: "a" }], []]);
});

test("columns count characters, and names are read as JSON reads them", () => {
  expect(findStatements('{"Id": "😀", "Statem\\u0065nt": [{"Sid": "\\u0041"}]}')).toEqual([[{ line: 1, column: 32, sid: "A" }]]);
});

test.each(["", "null", '"text"', "{", '{"Statement": '])("nothing is found in %j", (text) => {
  expect(findStatements(text).flat()).toEqual([]);
});

test("of a name that stands twice, neither is taken", () => {
  expect(findStatements('{"Statement": [{"Sid": "a"}], "Statement": [{"Sid": "b"}]}')).toEqual([[]]);
  expect(findStatements('{"Statement": [{"Sid": "a", "Sid": "b"}]}')).toEqual([[{ line: 1, column: 16, sid: undefined }]]);
});
