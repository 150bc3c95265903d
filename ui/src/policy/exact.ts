/**
 * A number as its text writes it, where JavaScript would write it otherwise: 9007199254740993 is not ...992, and 1.0 is
 * another text than 1, which is what some conditions compare.
 */
export class ExactNumber {
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }

  toString(): string {
    return this.source;
  }
}

/** A number as JSON writes it. */
export const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
// Texts are matched too, so that no number is found in one.
const TEXT_OR_NUMBER = new RegExp(`"[^"\\\\]*(?:\\\\.[^"\\\\]*)*"|${NUMBER.source}`, "g");
// Starts no text that somebody wrote: it is another one in each tab. (`JSON.rawJSON` would need none, and is too new.)
const MARK = `${crypto.getRandomValues(new Uint32Array(4)).join("-")} `;
const MARKED = new RegExp(`"${MARK}([^"]+)"`, "g");

/** As `JSON.parse`, with an `ExactNumber` for every number that it would change. */
export function parseExact(text: string): unknown {
  // What is no JSON is told as the browser tells it.
  const plain: unknown = JSON.parse(text);
  if (!hasExact(text)) return plain;
  const marked = text.replace(TEXT_OR_NUMBER, (part) => (isExact(part) ? `"${MARK}${part}"` : part));
  return JSON.parse(marked, (_, value: unknown) =>
    typeof value === "string" && value.startsWith(MARK) ? new ExactNumber(value.slice(MARK.length)) : value,
  );
}

/** As `JSON.stringify`, with every `ExactNumber` as it was written. */
export function writeExact(value: unknown, indent?: number): string {
  const marked = JSON.stringify(value, (_, each: unknown) => (each instanceof ExactNumber ? MARK + each.source : each), indent);
  return marked.replace(MARKED, "$1");
}

/** Whether a JSON text has numbers that JavaScript would write otherwise. */
export function hasExact(text: string): boolean {
  for (const [part] of text.matchAll(TEXT_OR_NUMBER)) if (isExact(part)) return true;
  return false;
}

/** Such numbers in a value. */
export function exactIn(value: unknown): ExactNumber[] {
  if (value instanceof ExactNumber) return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(exactIn) : [];
}

/** Numbers of a JSON text, as they stand in it. */
export function numbersOf(text: string): string[] {
  return [...text.matchAll(TEXT_OR_NUMBER)].map(([part]) => part).filter((part) => !part.startsWith('"'));
}

// What other tools read has no exponent either: they write such a number their own way.
function isExact(part: string): boolean {
  return !part.startsWith('"') && (String(Number(part)) !== part || part.includes("e"));
}
