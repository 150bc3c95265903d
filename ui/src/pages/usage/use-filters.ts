import { useCallback, useMemo } from "react";
import { useQuery } from "../../shell/use-query";
import { type Filters, readFilters, writeFilters } from "./filters";

/** The filters in the address: they survive a reload, and a link shows what its sender saw. */
export function useFilters(): [Filters, (filters: Filters) => void] {
  const [query, setQuery] = useQuery();
  const filters = useMemo(() => readFilters(query), [query]);
  const set = useCallback((next: Filters) => setQuery((before) => writeFilters(before, next)), [setQuery]);
  return [filters, set];
}
