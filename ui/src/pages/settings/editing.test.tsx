import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { TextsProvider, loadLanguage } from "../../text/context";
import SettingsPage from "./index";

beforeEach(() => sessionStorage.clear());
afterEach(cleanup);

const KEPT = { settings: { minimum: null, exclude_actions: ["iam:*", "s3:*", "kms:*"], suppress: [] }, version: 1 };
const SAVED = "Saved. It holds from the next request on.";

/** Answers a save only when `release` is called. */
async function open() {
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  vi.stubGlobal("fetch", async (request: Request) => {
    const answered = (body: unknown) => new Response(JSON.stringify(body), { headers: { "Content-Type": "application/json" } });
    if (request.method !== "PUT") return answered(KEPT);
    const { settings } = (await request.json()) as typeof KEPT;
    await held;
    return answered({ settings, version: 2 });
  });
  const first = await loadLanguage("en");
  render(
    <TextsProvider first={first}>
      <SettingsPage />
    </TextsProvider>,
  );
  await screen.findByText("iam:*");
  return { release };
}

const remove = (action: string) => screen.getByRole("button", { name: `Remove ${action}` });
const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));

test("while the settings are saved nothing can be changed, so that nothing is lost", async () => {
  const { release } = await open();
  fireEvent.click(remove("iam:*"));
  press("Save");
  fireEvent.click(remove("s3:*"));
  expect(screen.getByText("s3:*")).toBeTruthy();
  expect((screen.getByRole("textbox", { name: "Actions" }) as HTMLInputElement).disabled).toBe(true);
  release();
  expect(await screen.findByText(SAVED)).toBeTruthy();
  expect(screen.getByText("s3:*")).toBeTruthy();
  expect(screen.queryByText("iam:*")).toBeNull();
});

test("who drops a change after a save is not told that it was saved", async () => {
  const { release } = await open();
  release();
  fireEvent.click(remove("iam:*"));
  press("Save");
  expect(await screen.findByText(SAVED)).toBeTruthy();
  fireEvent.click(remove("s3:*"));
  press("Drop the changes");
  expect(screen.getByText("s3:*")).toBeTruthy();
  expect(screen.queryByText(SAVED)).toBeNull();
});
