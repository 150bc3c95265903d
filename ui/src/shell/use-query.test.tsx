import { act, renderHook } from "@testing-library/react";
import { BrowserRouter } from "react-router";
import { beforeEach, expect, test } from "vitest";
import { useQuery } from "./use-query";

beforeEach(() => window.history.replaceState(null, "", "/generate"));

test("the address follows what was chosen", () => {
  const { result } = renderHook(useQuery, { wrapper: BrowserRouter });
  act(() => result.current[1](new URLSearchParams({ principal: "*orders-api" })));
  expect(`${window.location.pathname}${window.location.search}`).toBe("/generate?principal=*orders-api");
  expect(result.current[0].get("principal")).toBe("*orders-api");
});

test("whoever has gone on to another page is not called back", () => {
  const { result } = renderHook(useQuery, { wrapper: BrowserRouter });
  // The address changes at once, and the page when the next one is there.
  window.history.pushState(null, "", "/compare");
  act(() => result.current[1](new URLSearchParams({ principal: "*orders-api" })));
  expect(`${window.location.pathname}${window.location.search}`).toBe("/compare");
});
