import { useCallback, useState } from "react";

const PREFIX = "leastwise.draft.";

/**
 * State that survives a reload, in this tab only. Name it by page and field: `useDraft("score.policy", "", isText)`. Where
 * there is no room or no storage it is plain state. What another version of the portal left, and `isDraft` does not know, is
 * none.
 */
export function useDraft<T>(key: string, initial: T, isDraft: (value: unknown) => value is T): [T, (value: T) => void] {
  const [value, setValue] = useState<T>(() => read(key, initial, isDraft));
  const set = useCallback(
    (next: T) => {
      setValue(next);
      write(key, next);
    },
    [key],
  );
  return [value, set];
}

/** Leaves a draft for another page to start from, before going there. */
export function leaveDraft(key: string, value: unknown): void {
  write(key, value);
}

function read<T>(key: string, initial: T, isDraft: (value: unknown) => value is T): T {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(PREFIX + key) ?? "");
    return isDraft(kept) ? kept : initial;
  } catch {
    return initial;
  }
}

function write(key: string, value: unknown): void {
  try {
    sessionStorage.setItem(PREFIX + key, JSON.stringify(value));
  } catch {
    // An older draft would come back as if it were this one.
    try {
      sessionStorage.removeItem(PREFIX + key);
    } catch {
      // No storage at all.
    }
  }
}
