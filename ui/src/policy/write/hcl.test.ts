import { expect, test } from "vitest";
import { quote, toExpression } from "./hcl";

test("in Terraform a policy's variables stay the policy's", () => {
  expect(quote("${aws:username} and %{if} and $x and 100%")).toBe('"$${aws:username} and %%{if} and $x and 100%"');
  expect(quote("$${x} %%{y} $%{z}")).toBe('"$\\u0024{x} %\\u0025{y} $\\u0025{z}"');
  expect(quote('say "hi" \\ twice\n')).toBe('"say \\"hi\\" \\\\ twice\\n"');
  expect(quote("\u0001")).toBe('"\\u0001"');
});

test("nothing in a name gets out of a string", () => {
  expect(quote('a"b\\c\nd')).toBe('"a\\"b\\\\c\\nd"');
  expect(quote("${x} %{ if y } $5 50%")).toBe('"$${x} %%{ if y } $5 50%"');
});

test("names that are no identifiers are quoted", () => {
  expect(toExpression({ "aws:SourceIp": true, Effect: null, true: 1, empty: [], none: {} })).toBe(
    '{\n  "aws:SourceIp" = true\n  Effect = null\n  "true" = 1\n  empty = []\n  none = {}\n}',
  );
});
