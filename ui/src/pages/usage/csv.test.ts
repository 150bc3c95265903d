import { expect, test } from "vitest";
import { toCsv } from "./csv";

test("commas, quotes and breaks stay in their cell", () => {
  expect(toCsv(["a", "b"], [["x,y", 'say "hi"'], ["two\nlines", null]])).toBe(
    '\ufeffa,b\r\n"x,y","say ""hi"""\r\n"two\nlines",\r\n',
  );
});

test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("https://example.com","x")'])(
  "a name %j is no formula",
  (name) => {
    const line = toCsv(["name"], [[name]]).split("\r\n").slice(1).join("\r\n");
    expect(line.startsWith(`"'`)).toBe(true);
  },
);

test("numbers stay numbers, also below zero", () => {
  expect(toCsv(["n"], [[-3], [12]])).toBe("\ufeffn\r\n-3\r\n12\r\n");
});
