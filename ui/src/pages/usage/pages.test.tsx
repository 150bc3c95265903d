import { cleanup, render, screen } from "@testing-library/react";
import type { ReactNode } from "react";
import { MemoryRouter, useSearchParams } from "react-router";
import { afterEach, expect, test, vi } from "vitest";
import { TextsProvider, loadLanguage } from "../../text/context";
import UsagePage from "./index";
import PrincipalPage from "./principal";
import { PrincipalWindow } from "./principal-window";

vi.mock("../../policy/editor", () => ({ PolicyEditor: () => null }));

afterEach(cleanup);

const TOTALS = { events: 41, allowed: 41, failed: 0, denied: 0, nothing: 0, unknown: 0 };
const STATS = { accounts: [], days: {}, denied: [], principals: 1, services: [], top_principals: [], totals: TOTALS, unknown: [], unused: [], up_to_date: true };

async function open(address: string, page: ReactNode) {
  const first = await loadLanguage("en");
  return render(
    <MemoryRouter initialEntries={[address]}>
      <TextsProvider first={first}>{page}</TextsProvider>
    </MemoryRouter>,
  );
}

function answers() {
  const asked = vi.fn();
  vi.stubGlobal("fetch", async (request: Request) => {
    asked(request.url);
    const body = request.url.includes("/stats") ? STATS : { principals: [] };
    return new Response(JSON.stringify(body), { headers: { "Content-Type": "application/json" } });
  });
  return asked;
}

test("days that end before they start show no numbers, and what was shown before is not up to date", async () => {
  const asked = answers();
  let choose: (query: string) => void = () => {};
  function Choosing() {
    const [, setQuery] = useSearchParams();
    choose = setQuery;
    return null;
  }
  const page = (
    <>
      <Choosing />
      <UsagePage />
    </>
  );
  await open("/usage", page);
  expect(await screen.findByText("Up to date")).toBeTruthy();
  asked.mockClear();
  choose("start=2026-03-02&end=2026-03-01");
  expect(await screen.findByText(/There are no such days/)).toBeTruthy();
  expect(screen.queryByText("Up to date")).toBeNull();
  expect(screen.queryByText("Totals")).toBeNull();
  expect(asked).not.toHaveBeenCalled();
});

test("a principal's totals beside chosen days are said to be over all that is stored", async () => {
  const { unmount } = await open("/usage/principal?arn=a", <PrincipalWindow />);
  expect(screen.queryByText(/over all that is stored/)).toBeNull();
  unmount();
  await open("/usage/principal?arn=a&start=2026-03-02", <PrincipalWindow />);
  expect(screen.getByText(/over all that is stored/)).toBeTruthy();
});

test.each([".", ".."])("%j names no principal, and nobody is asked for", async (arn) => {
  const asked = answers();
  await open(`/usage/principal?arn=${arn}`, <PrincipalPage />);
  expect(screen.getByText("No principal was chosen")).toBeTruthy();
  expect(asked).not.toHaveBeenCalled();
});
