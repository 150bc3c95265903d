/** Numbers and dates as the language writes them. Days and times of CloudTrail are UTC and stay so. */
export interface Format {
  number: (value: number) => string;
  /** `fraction` from 0 to 1. */
  percent: (fraction: number) => string;
  /** Of `2026-03-02` or an RFC 3339 time. */
  day: (value: string) => string;
  /** Of an RFC 3339 time; says UTC. */
  time: (value: string) => string;
  list: (values: string[]) => string;
  /** The form for `count`: `plural(2, { one: "call", other: "calls" })`. */
  plural: (count: number, forms: { one: string; other: string }) => string;
}

export function formatFor(locale: string): Format {
  const number = new Intl.NumberFormat(locale);
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
  const day = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" });
  const time = new Intl.DateTimeFormat(locale, {
    year: "numeric",
    month: "short",
    day: "numeric",
    hour: "numeric",
    minute: "2-digit",
    second: "2-digit",
    timeZone: "UTC",
    timeZoneName: "short",
  });
  const list = new Intl.ListFormat(locale, { type: "conjunction" });
  const plural = new Intl.PluralRules(locale);
  return {
    number: (value) => number.format(value),
    percent: (fraction) => percent.format(fraction),
    day: (value) => written(day, value),
    time: (value) => written(time, value),
    list: (values) => list.format(values),
    plural: (count, forms) => (plural.select(count) === "one" ? forms.one : forms.other),
  };
}

// What is no date is shown as it came.
function written(format: Intl.DateTimeFormat, value: string): string {
  const date = new Date(value);
  return Number.isNaN(date.getTime()) ? value : format.format(date);
}
