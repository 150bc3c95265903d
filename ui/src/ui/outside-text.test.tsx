import { cleanup, render } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { OutsideText } from "./outside-text";

afterEach(cleanup);

test("a hostile name stands as text, turns nothing around it, and can be copied whole", () => {
  const { container } = render(<OutsideText>{"arn:aws:iam::1:role/<b>x</b>\u202e"}</OutsideText>);
  expect(container.querySelector("b")).toBeNull();
  expect(container.querySelector("bdi")?.textContent).toBe("arn:aws:iam::1:role/<b>x</b>⟨U+202E⟩");
});
