/** Shades of the heat map; 0 is nothing, and stands for nothing else. */
export const SHADES = 5;

/**
 * The shade of a count, from 1 to `SHADES`, for a map whose largest count is `most`. It grows with the logarithm: calls
 * differ by orders of magnitude, and those in the middle are to be told apart from those at the bottom.
 */
export function shadeOf(count: number, most: number): number {
  if (!(count > 0)) return 0;
  if (most <= 1) return SHADES;
  const share = Math.log(Math.min(count, most)) / Math.log(most);
  return Math.min(SHADES, 1 + Math.floor(share * SHADES));
}

export interface Cell {
  calls: number;
  denied: number;
}

export interface HeatRow {
  key: string;
  cells: ReadonlyMap<string, Cell>;
}

/** The largest count of calls in a map, refused ones with it. */
export function hottest(rows: readonly HeatRow[]): number {
  let most = 0;
  for (const { cells } of rows) for (const { calls, denied } of cells.values()) most = Math.max(most, calls + denied);
  return most;
}

/** Adds to a cell of a map that is being built. */
export function count(cells: Map<string, Cell>, key: string, { calls, denied }: Cell): void {
  const before = cells.get(key);
  cells.set(key, { calls: (before?.calls ?? 0) + calls, denied: (before?.denied ?? 0) + denied });
}
