import { useEffect, useState } from "react";
import { useSearchParams } from "react-router";
import { type Options, readOptions, writeOptions } from "./options";

const TYPING_MILLISECONDS = 400;

/** The options, as they are typed; the address follows a moment later. */
export function useOptions(): [Options, (options: Options) => void] {
  const [query, setQuery] = useSearchParams();
  const [options, setOptions] = useState(() => readOptions(query));
  useEffect(() => {
    const next = writeOptions(options);
    if (`${next}` === `${query}`) return;
    const timer = setTimeout(() => setQuery(next, { replace: true }), TYPING_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [options, query, setQuery]);
  return [options, setOptions];
}
