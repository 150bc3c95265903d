import { useEffect, useState } from "react";
import { useQuery } from "../../shell/use-query";
import { type Options, readOptions, writeOptions } from "./options";

const TYPING_MILLISECONDS = 400;

/** The options, as they are typed; the address follows a moment later. */
export function useOptions(): [Options, (options: Options) => void] {
  const [query, setQuery] = useQuery();
  const [options, setOptions] = useState(() => readOptions(query));
  useEffect(() => {
    const next = writeOptions(options);
    if (`${next}` === `${query}`) return;
    const timer = setTimeout(() => setQuery(next), TYPING_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [options, query, setQuery]);
  return [options, setOptions];
}
