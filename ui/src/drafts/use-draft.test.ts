import { act, renderHook } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { isText } from "./shapes";
import { leaveDraft, useDraft } from "./use-draft";

beforeEach(() => sessionStorage.clear());

test("a draft survives a reload", () => {
  const { result } = renderHook(() => useDraft("score.policy", "", isText));
  act(() => result.current[1]("{}"));
  expect(renderHook(() => useDraft("score.policy", "", isText)).result.current[0]).toBe("{}");
  expect(localStorage).toHaveLength(0);
});

test("without room it is plain state, and the older draft does not come back", () => {
  leaveDraft("score.policy", "old");
  const { result } = renderHook(() => useDraft("score.policy", "", isText));
  vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
    throw new DOMException("full", "QuotaExceededError");
  });
  act(() => result.current[1]("new"));
  expect(result.current[0]).toBe("new");
  expect(renderHook(() => useDraft("score.policy", "", isText)).result.current[0]).toBe("");
});

test("what is not a draft is ignored", () => {
  sessionStorage.setItem("leastwise.draft.score.policy", "{");
  expect(renderHook(() => useDraft("score.policy", "initial", isText)).result.current[0]).toBe("initial");
});

test.each(["null", "{}", "[]", "7"])("what is a draft of another shape, %s, is ignored", (kept) => {
  sessionStorage.setItem("leastwise.draft.score.policy", kept);
  expect(renderHook(() => useDraft("score.policy", "initial", isText)).result.current[0]).toBe("initial");
});
