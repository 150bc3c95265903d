import { useCallback, useEffect, useRef } from "react";

/** A function that stays the same, and calls the one of the last render. */
export function useLatest(call: () => void): () => void {
  const latest = useRef(call);
  useEffect(() => {
    latest.current = call;
  });
  return useCallback(() => latest.current(), []);
}

/**
 * Ctrl or Cmd + Enter, wherever the focus is. Caught on its way down: the editor would break the line. What stands in an
 * element with `data-own-enter` keeps it for itself.
 */
export function useRunKey(run: () => void): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      if (event.composedPath().some((each) => each instanceof HTMLElement && each.dataset.ownEnter !== undefined)) return;
      event.preventDefault();
      event.stopPropagation();
      // Held down, it asks once.
      if (!event.repeat) run();
    };
    window.addEventListener("keydown", pressed, { capture: true });
    return () => window.removeEventListener("keydown", pressed, { capture: true });
  }, [run]);
}
