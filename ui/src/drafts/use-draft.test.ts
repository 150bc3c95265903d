import { act, renderHook } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { leaveDraft, useDraft } from "./use-draft";

beforeEach(() => sessionStorage.clear());

test("a draft survives a reload", () => {
  const { result } = renderHook(() => useDraft("score.policy", ""));
  act(() => result.current[1]("{}"));
  expect(renderHook(() => useDraft("score.policy", "")).result.current[0]).toBe("{}");
  expect(localStorage).toHaveLength(0);
});

test("without room it is plain state, and the older draft does not come back", () => {
  leaveDraft("score.policy", "old");
  const { result } = renderHook(() => useDraft("score.policy", ""));
  vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
    throw new DOMException("full", "QuotaExceededError");
  });
  act(() => result.current[1]("new"));
  expect(result.current[0]).toBe("new");
  expect(renderHook(() => useDraft("score.policy", "")).result.current[0]).toBe("");
});

test("what is not a draft is ignored", () => {
  sessionStorage.setItem("leastwise.draft.score.policy", "{");
  expect(renderHook(() => useDraft("score.policy", "initial")).result.current[0]).toBe("initial");
});
