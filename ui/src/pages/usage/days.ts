export type Unit = "day" | "week" | "month";

/** Days that stand as one in a chart: from `start` to `end`, both included. */
export interface Bucket<T> {
  start: string;
  end: string;
  value: T;
}

export interface Buckets<T> {
  unit: Unit;
  buckets: Bucket<T>[];
}

const MOST_DAYS = 62;
const MOST_WEEKS = 70;
const MOST_MONTHS = 240;
const DAY = 86_400_000;

/**
 * The days from the first to the last one, those in between on which nothing happened too; as weeks (from Monday) or months
 * where they are too many to look at one by one. Days are UTC, as `2026-03-02`; what is none is left out.
 */
export function bucketDays<T>(days: Readonly<Record<string, T>>, zero: T, add: (left: T, right: T) => T): Buckets<T> {
  const known = Object.keys(days)
    .filter((day) => !Number.isNaN(Date.parse(day)))
    .sort();
  const first = known[0];
  const last = known[known.length - 1];
  if (first === undefined || last === undefined) return { unit: "day", buckets: [] };
  const unit = unitOf(first, last);
  const buckets = new Map<string, Bucket<T>>();
  const end = startOf(last, unit);
  for (let start = startOf(first, unit); start <= end && buckets.size < MOST_MONTHS; ) {
    const next = after(start, unit);
    buckets.set(start, { start, end: toDay(Date.parse(next) - DAY), value: zero });
    start = next;
  }
  for (const day of known) {
    const bucket = buckets.get(startOf(day, unit));
    const value = days[day];
    if (bucket && value !== undefined) bucket.value = add(bucket.value, value);
  }
  return { unit, buckets: [...buckets.values()] };
}

function unitOf(first: string, last: string): Unit {
  const days = (Date.parse(last) - Date.parse(first)) / DAY + 1;
  if (days <= MOST_DAYS) return "day";
  return days / 7 <= MOST_WEEKS ? "week" : "month";
}

function startOf(day: string, unit: Unit): string {
  if (unit === "month") return `${day.slice(0, 7)}-01`;
  if (unit === "day") return day;
  const time = Date.parse(day);
  return toDay(time - ((new Date(time).getUTCDay() + 6) % 7) * DAY);
}

function after(start: string, unit: Unit): string {
  const date = new Date(start);
  if (unit === "month") date.setUTCMonth(date.getUTCMonth() + 1);
  else date.setUTCDate(date.getUTCDate() + (unit === "week" ? 7 : 1));
  return toDay(date.getTime());
}

function toDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** Where an axis ends that reaches `most`: a round number, whose half is whole. */
export function axisEnd(most: number): number {
  let unit = 1;
  while (unit * 10 < most) unit *= 10;
  return [2, 4, 6, 8, 10].map((step) => step * unit).find((end) => end >= most) ?? 10 * unit;
}
