import { beforeEach, expect, test, vi } from "vitest";
import { type Session, bearer, currentSession, refused, renewWith, setSession } from "./session";

const SESSION: Session = { bearer: "one", name: undefined, groups: [], expires: undefined, refresh: "again" };

beforeEach(() => {
  sessionStorage.clear();
  setSession(undefined);
  renewWith(undefined);
});

test("a token stays in this tab's storage", async () => {
  setSession(SESSION);
  expect(await bearer()).toBe("one");
  expect(sessionStorage.getItem("leastwise.session")).toContain("one");
  expect(localStorage).toHaveLength(0);
});

test("calls that start together wait for one renewal", async () => {
  setSession({ ...SESSION, expires: Date.now() + 1000 });
  const renew = vi.fn(async () => ({ ...SESSION, bearer: "two", expires: Date.now() + 3_600_000 }));
  renewWith(renew);
  expect(await Promise.all([bearer(), bearer(), bearer()])).toEqual(["two", "two", "two"]);
  expect(renew).toHaveBeenCalledTimes(1);
});

test("a renewal that fails keeps what still holds, and ends what does not", async () => {
  renewWith(() => Promise.reject(new Error("no")));
  setSession({ ...SESSION, expires: Date.now() + 1000 });
  expect(await bearer()).toBe("one");
  setSession({ ...SESSION, expires: Date.now() - 1000 });
  expect(await bearer()).toBeUndefined();
});

test("a refusal of an older token says nothing about the new one", () => {
  setSession({ ...SESSION, bearer: "two" });
  refused("one");
  expect(currentSession()?.bearer).toBe("two");
  refused("two");
  expect(currentSession()).toBeUndefined();
});
