import { useCallback } from "react";
import { useLocation, useSearchParams } from "react-router";

type Query = URLSearchParams | ((before: URLSearchParams) => URLSearchParams);

/**
 * The query of this page's address, and how to replace it. Whoever has gone on to another page is not called back: while that
 * one loads, this one still shows, and what was typed in it would put its own address in the place of the other.
 */
export function useQuery(): [URLSearchParams, (next: Query) => void] {
  const [query, setQuery] = useSearchParams();
  const { pathname } = useLocation();
  const replace = useCallback(
    (next: Query) => {
      if (window.location.pathname === pathname) setQuery(next, { replace: true });
    },
    [pathname, setQuery],
  );
  return [query, replace];
}
