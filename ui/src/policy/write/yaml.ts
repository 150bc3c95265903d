const PLAIN_NAME = /^[A-Za-z][A-Za-z0-9]*$/;
// YAML 1.1 reads these as something else than text.
const WORDS = /^(y|n|yes|no|on|off|true|false|null)$/i;
const UNPRINTABLE = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;

/** A JSON value as YAML. Every text is quoted, as in JSON: nothing is taken for a number, a date or a tag. */
export function toYaml(value: unknown): string {
  return `${block(value, "").trimStart()}\n`;
}

function block(value: unknown, indent: string): string {
  if (Array.isArray(value)) {
    if (value.length === 0) return " []";
    return value.map((each) => `\n${indent}-${nested(each, indent)}`).join("");
  }
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value);
    if (members.length === 0) return " {}";
    return members.map(([name, each]) => `\n${indent}${nameOf(name)}:${block(each, `${indent}  `)}`).join("");
  }
  return ` ${typeof value === "string" ? quote(value) : String(value)}`;
}

// An item's first member stands in the line of its dash.
function nested(value: unknown, indent: string): string {
  const text = block(value, `${indent}  `);
  return text.startsWith("\n") ? ` ${text.trimStart()}` : text;
}

function nameOf(name: string): string {
  return PLAIN_NAME.test(name) && !WORDS.test(name) ? name : quote(name);
}

function quote(text: string): string {
  // Half a character is none in YAML.
  const whole = text.replace(/\p{Cs}/gu, "\ufffd");
  return JSON.stringify(whole).replace(UNPRINTABLE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
