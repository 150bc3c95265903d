import { ExactNumber } from "../exact";

const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_-]*$/;
const INDENT = "  ";
// What `true = 1` would be read as is no name.
const LITERALS = new Set(["true", "false", "null", "for"]);

/** A JSON value as an expression of Terraform's language. https://developer.hashicorp.com/terraform/language/expressions */
export function toExpression(value: unknown, indent = ""): string {
  const inner = indent + INDENT;
  if (Array.isArray(value)) {
    if (value.length === 0) return "[]";
    return `[\n${value.map((each) => `${inner}${toExpression(each, inner)},\n`).join("")}${indent}]`;
  }
  if (typeof value === "object" && value !== null && !(value instanceof ExactNumber)) {
    const members = Object.entries(value);
    if (members.length === 0) return "{}";
    return `{\n${members.map(([name, each]) => `${inner}${nameOf(name)} = ${toExpression(each, inner)}\n`).join("")}${indent}}`;
  }
  return typeof value === "string" ? quote(value) : String(value);
}

/** As a quoted string, in which nothing is a template: `${aws:username}` is a policy's variable, not Terraform's. */
export function quote(text: string): string {
  const escaped = text
    .replace(/[\\"]/g, (character) => `\\${character}`)
    .replaceAll("\n", "\\n")
    .replaceAll("\r", "\\r")
    .replaceAll("\t", "\\t")
    .replace(/\p{Cc}|[\u2028\u2029]/gu, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .replace(/([$%]*)([$%])\{/g, (_, before: string, sign: string) => {
      // `$${` after another `$` is read in more than one way: there the sign is written as a number.
      const isAlone = before === "";
      return isAlone ? `${sign}${sign}{` : `${before}\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}{`;
    });
  return `"${escaped}"`;
}

function nameOf(name: string): string {
  return IDENTIFIER.test(name) && !LITERALS.has(name) ? name : quote(name);
}
