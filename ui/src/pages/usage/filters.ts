import { isDay } from "../../ui/is-day";

/** From a UTC day to a UTC day, both included, as `2026-11-22`; open where nothing is said. */
export interface Window {
  start?: string;
  end?: string;
}

/** What the Usage page is asked to show. The names are those of the API, in the address as in the request. */
export interface Filters extends Window {
  account?: string;
  /** A glob over ARNs, names and permission sets. */
  principal?: string;
  unused_since?: string;
}

const NAMES = ["account", "principal", "start", "end", "unused_since"] as const;
const DAYS: readonly string[] = ["start", "end", "unused_since"];

/** What stands in an address; what is no day there is left out. */
export function readFilters(query: URLSearchParams): Filters {
  const filters: Filters = {};
  for (const name of NAMES) {
    const value = query.get(name)?.trim();
    if (value && (!DAYS.includes(name) || isDay(value))) filters[name] = value;
  }
  return filters;
}

/** `query` with the filters, and whatever else it held. */
export function writeFilters(query: URLSearchParams, filters: Filters): URLSearchParams {
  const next = new URLSearchParams(query);
  for (const name of NAMES) {
    if (filters[name]) next.set(name, filters[name]);
    else next.delete(name);
  }
  return next;
}

export function readWindow(query: URLSearchParams): Window {
  const { start, end } = readFilters(query);
  return { start, end };
}

export function writeWindow(query: URLSearchParams, { start, end }: Window): void {
  if (start) query.set("start", start);
  if (end) query.set("end", end);
}

/** The UTC day so many days before `now`. */
export function daysAgo(days: number, now: Date): string {
  return new Date(now.getTime() - days * 86_400_000).toISOString().slice(0, 10);
}

/** A part of a name is searched for anywhere in it; what is a glob already stands as it is. */
export function asGlob(text: string | undefined): string | undefined {
  const trimmed = text?.trim();
  if (!trimmed) return undefined;
  return /[*?]/.test(trimmed) || trimmed.startsWith("arn:") ? trimmed : `*${trimmed}*`;
}
