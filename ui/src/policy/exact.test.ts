import { expect, test } from "vitest";
import { ExactNumber, exactIn, parseExact, writeExact } from "./exact";

test.each(["9007199254740993", "-9007199254740993", "1.0", "1.10", "1e5", "1E+400", "-0", "0.1000000000000000055", "123456789012345678901234567890"])(
  "%s is written as it was read",
  (number) => {
    const text = `{"a":[${number},"${number}",1],"b":{"c":${number}}}`;
    expect(writeExact(parseExact(text))).toBe(text);
    expect(exactIn(parseExact(text)).map(String)).toEqual([number, number]);
  },
);

test("what JavaScript writes the same stays a number, and what is said in a text is none", () => {
  const text = '{"a":[0,1,-1.5,9007199254740991,true,null],"b":"say \\"1.0\\" \\\\","1.0":"9007199254740993"}';
  expect(parseExact(text)).toEqual(JSON.parse(text));
  expect(writeExact(parseExact(text))).toBe(text);
});

test("what is no JSON is none", () => {
  expect(() => parseExact('{"a": 1.0')).toThrow(SyntaxError);
  expect(() => parseExact('{"a": 01.0}')).toThrow(SyntaxError);
});

test("it says itself as a text does", () => {
  expect([new ExactNumber("1.0"), "x"].join(", ")).toBe("1.0, x");
});
