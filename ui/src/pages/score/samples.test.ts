import { expect, test } from "vitest";
import { texts } from "../../text/en";
import { SAMPLE_NAMES, isSampleName, sampleText } from "./samples";

test.each(SAMPLE_NAMES)("the sample `%s` is a policy with a name", (name) => {
  expect(JSON.parse(sampleText(name))).toMatchObject({ Version: "2012-10-17" });
  expect(texts.score.samples[name].name).toBeTruthy();
});

test("no other word is a sample", () => {
  expect(isSampleName("toString")).toBe(false);
});
