import { render } from "@testing-library/react";
import { createElement } from "react";
import { expect, test } from "vitest";
import { Said } from "./said";

test("what hides or turns text is written out, and lines stay", () => {
  const { container } = render(createElement(Said, null, "a\u202eb\u200bc\nnueva 😀"));
  expect(container.textContent).toBe("a⟨U+202E⟩b⟨U+200B⟩c\nnueva 😀");
});

test("backticks become code, and markup stays text", () => {
  const { container } = render(createElement(Said, null, "the action `<script>alert(1)</script>` does not exist, `odd"));
  expect(container.querySelector("script")).toBeNull();
  expect(container.querySelector("code")?.textContent).toBe("<script>alert(1)</script>");
  expect(container.textContent).toBe("the action <script>alert(1)</script> does not exist, `odd");
});
