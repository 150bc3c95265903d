import { expect, test } from "vitest";
import { visible } from "./visible";

test("characters that hide or turn text are shown, and all others stand as they are", () => {
  expect(visible("role/admin\u202enimda")).toBe("role/admin⟨U+202E⟩nimda");
  expect(visible("a\u200bb\nc")).toBe("a⟨U+200B⟩b⟨U+000A⟩c");
  expect(visible("arn:aws:s3:::münchen/日本/<b>")).toBe("arn:aws:s3:::münchen/日本/<b>");
});
