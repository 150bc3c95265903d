import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { TextsProvider, loadLanguage } from "../../text/context";
import ScorePage from "./index";

vi.mock("../../policy/editor", () => ({ PolicyEditor: ({ value }: { value: string }) => <output>{value}</output> }));

beforeEach(() => sessionStorage.clear());
afterEach(cleanup);

function draft(name: string, value: unknown) {
  sessionStorage.setItem(`leastwise.draft.score.${name}`, JSON.stringify(value));
}

/** Nothing is ever answered; what was asked of `/score` is counted. */
async function open() {
  const scored = vi.fn();
  vi.stubGlobal("fetch", (request: Request) => {
    if (request.url.endsWith("/score")) scored();
    return new Promise(() => {});
  });
  const first = await loadLanguage("en");
  render(
    <MemoryRouter>
      <TextsProvider first={first}>
        <ScorePage />
      </TextsProvider>
    </MemoryRouter>,
  );
  return scored;
}

const press = (repeat = false) => fireEvent.keyDown(window, { key: "Enter", ctrlKey: true, repeat });

test("held down, the keys ask once", async () => {
  draft("policy", "{}");
  const scored = await open();
  press(true);
  press(true);
  await Promise.resolve();
  expect(scored).not.toHaveBeenCalled();
});

test("nothing is asked twice while an answer is on its way", async () => {
  draft("policy", "{}");
  const scored = await open();
  press();
  press();
  await waitFor(() => expect(scored).toHaveBeenCalled());
  press();
  fireEvent.click(screen.getAllByRole("button", { name: /Grading|^Score$/ })[0] as HTMLElement);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(scored).toHaveBeenCalledTimes(1);
});

test.each([
  ["options", { type: "" }],
  ["options", null],
  ["options", { type: "", ask: "", language: "", principal: 5, minimum: null }],
  ["policy", { Version: "2012-10-17" }],
  ["policy", null],
])("a draft of another shape, %s %j, breaks nothing", async (name, value) => {
  draft(name, value);
  await open();
  expect(screen.getByRole("heading", { level: 1, name: "Score a policy" })).toBeTruthy();
});
