import { useCallback, useEffect, useRef, useState } from "react";
import { isAbort } from "./problem";

export interface RequestState<T> {
  loading: boolean;
  /** The last answer to the same question; undefined until there is one. */
  data: T | undefined;
  error: unknown;
}

type Settled<T> = { key: string; data?: T; error?: unknown };

/**
 * Asks as soon as `key` is there and again when it changes, and drops the answer that nobody waits for any more.
 * `key` names the question: everything that `ask` depends on must be in it. Null asks nothing.
 */
export function useRequest<T>(
  key: string | null,
  ask: (signal: AbortSignal) => Promise<T>,
): RequestState<T> & { reload: () => void } {
  const [round, setRound] = useState(0);
  const [settled, setSettled] = useState<Settled<T>>();
  const latest = useRef(ask);
  useEffect(() => {
    latest.current = ask;
  });

  const question = key === null ? null : `${round} ${key}`;
  useEffect(() => {
    if (question === null) return;
    const controller = new AbortController();
    latest.current(controller.signal).then(
      (data) => controller.signal.aborted || setSettled({ key: question, data }),
      (error: unknown) => controller.signal.aborted || isAbort(error) || setSettled({ key: question, error }),
    );
    return () => controller.abort();
  }, [question]);

  const current = settled?.key === question ? settled : undefined;
  return {
    loading: question !== null && !current,
    data: current?.data,
    error: current?.error,
    reload: useCallback(() => setRound((before) => before + 1), []),
  };
}

/**
 * Asks when `run` is called, for what a button starts. A second `run` drops the first one's answer; leaving the page
 * drops both. What was answered before stays in `data` while the next answer is on its way.
 */
export function useAction<A, T>(
  ask: (argument: A, signal: AbortSignal) => Promise<T>,
): RequestState<T> & { run: (argument: A) => void; cancel: () => void; reset: () => void } {
  const [state, setState] = useState<RequestState<T>>({ loading: false, data: undefined, error: undefined });
  const running = useRef<AbortController>(undefined);
  const latest = useRef(ask);
  useEffect(() => {
    latest.current = ask;
  });
  useEffect(() => () => running.current?.abort(), []);

  const run = useCallback((argument: A) => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    setState((before) => ({ loading: true, data: before.data, error: undefined }));
    latest.current(argument, controller.signal).then(
      (data) => controller.signal.aborted || setState({ loading: false, data, error: undefined }),
      (error: unknown) =>
        controller.signal.aborted || isAbort(error) || setState({ loading: false, data: undefined, error }),
    );
  }, []);
  const cancel = useCallback(() => {
    running.current?.abort();
    setState((before) => ({ ...before, loading: false }));
  }, []);
  const reset = useCallback(() => {
    running.current?.abort();
    setState({ loading: false, data: undefined, error: undefined });
  }, []);
  return { ...state, run, cancel, reset };
}
