/** What the API takes in one request, in bytes. */
export const MOST_BYTES = 1_048_576;

// The options and the names of the fields.
const BESIDE_THE_TEXT = 4096;
// A UTF-16 unit becomes six bytes at most: `\u001f`.
const MOST_BYTES_A_UNIT = 6;

/** How many bytes a request with this text takes where that is too many, else undefined. */
export function bytesTooMany(text: string): number | undefined {
  if (text.length * MOST_BYTES_A_UNIT + BESIDE_THE_TEXT <= MOST_BYTES) return undefined;
  const bytes = new TextEncoder().encode(JSON.stringify(text)).length + BESIDE_THE_TEXT;
  return bytes > MOST_BYTES ? bytes : undefined;
}
