import { useCallback, useMemo } from "react";
import { useSearchParams } from "react-router";
import { type Filters, readFilters, writeFilters } from "./filters";

/** The filters in the address: they survive a reload, and a link shows what its sender saw. */
export function useFilters(): [Filters, (filters: Filters) => void] {
  const [query, setQuery] = useSearchParams();
  const filters = useMemo(() => readFilters(query), [query]);
  const set = useCallback((next: Filters) => setQuery((before) => writeFilters(before, next), { replace: true }), [setQuery]);
  return [filters, set];
}
