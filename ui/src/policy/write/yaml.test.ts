import { expect, test } from "vitest";
import { toYaml } from "./yaml";

test("in YAML every text is quoted", () => {
  expect(toYaml({ Version: "2012-10-17", On: "yes", no: [1, true, null, "a: b # c", []], "aws:x": {} })).toBe(
    'Version: "2012-10-17"\n"On": "yes"\n"no":\n  - 1\n  - true\n  - null\n  - "a: b # c"\n  - []\n"aws:x": {}\n',
  );
  expect(toYaml("\u0085 \u2028 \ud800 😀")).toBe('"\\u0085 \\u2028 \ufffd 😀"\n');
});
