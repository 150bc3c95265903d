export type CsvValue = string | number | boolean | null | undefined;

/** A table as RFC 4180 wants it, with a byte order mark, by which spreadsheets know UTF-8. */
export function toCsv(header: readonly string[], rows: readonly (readonly CsvValue[])[]): string {
  return `\ufeff${[header, ...rows].map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

// A spreadsheet runs what begins like a formula, and names in a log are chosen by strangers. An apostrophe makes it text.
function cell(value: CsvValue): string {
  if (typeof value === "number") return String(value);
  const text = String(value ?? "");
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n\t]/.test(safe) || safe !== text ? `"${safe.replaceAll('"', '""')}"` : safe;
}
