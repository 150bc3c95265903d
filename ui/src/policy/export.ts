/** A policy as text for the tools that deploy it. Follows `leastwise`'s own writers, so that both give the same. */

export const EXPORT_FORMATS = ["json", "terraform", "cloudformation"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export interface Exported {
  text: string;
  fileName: string;
  mediaType: string;
  language: "json" | "text";
}

/** `document` is a policy as parsed JSON; `name` becomes the policy's and the file's, as far as they can hold it. */
export function exportPolicy(format: ExportFormat, name: string, document: unknown): Exported {
  const file = name.replace(/[^\w.-]+/g, "-").replace(/^[.-]+/, "") || "policy";
  if (format === "terraform") {
    return { text: toTerraform(name, document), fileName: `${file}.tf`, mediaType: "text/plain", language: "text" };
  }
  if (format === "cloudformation") {
    return { text: toCloudFormation(name, document), fileName: `${file}.template.json`, mediaType: "application/json", language: "json" };
  }
  return { text: toJson(document), fileName: `${file}.json`, mediaType: "application/json", language: "json" };
}

export function toJson(document: unknown): string {
  return JSON.stringify(document, null, 2);
}

/** An `aws_iam_policy` resource, its document in `jsonencode`. */
export function toTerraform(name: string, document: unknown): string {
  return [
    `resource "aws_iam_policy" "${label(name)}" {`,
    `  name = ${hclString(name)}`,
    `  policy = jsonencode(${hcl(document, "  ")})`,
    "}",
    "",
  ].join("\n");
}

/** A JSON template with one `AWS::IAM::ManagedPolicy`. A YAML reader would have its own mind about `*` and `"on"`. */
export function toCloudFormation(name: string, document: unknown): string {
  return toJson({
    AWSTemplateFormatVersion: "2010-09-09",
    Resources: {
      [logicalId(name)]: {
        Type: "AWS::IAM::ManagedPolicy",
        Properties: { PolicyDocument: withoutReferences(document) },
      },
    },
  });
}

function hcl(value: unknown, indent: string): string {
  const inner = `${indent}  `;
  if (typeof value === "string") return hclString(value);
  if (Array.isArray(value)) {
    if (value.length === 0) return "[]";
    return `[\n${value.map((each) => `${inner}${hcl(each, inner)},\n`).join("")}${indent}]`;
  }
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value);
    if (members.length === 0) return "{}";
    return `{\n${members.map(([key, each]) => `${inner}${hclKey(key)} = ${hcl(each, inner)}\n`).join("")}${indent}}`;
  }
  return String(value ?? null);
}

function hclKey(key: string): string {
  return /^[A-Za-z_]\w*$/.test(key) ? key : hclString(key);
}

/** `${` and `%{` open templates, and are written `$${` and `%%{`; behind the same sign that would be read otherwise. */
export function hclString(text: string): string {
  let out = "";
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    const opens = (character === "$" || character === "%") && text[index + 1] === "{";
    if (character === '"' || character === "\\") out += `\\${character}`;
    else if (opens) out += text[index - 1] === character ? unicodeEscape(character) : character + character;
    else out += character < " " || (character >= "\u007f" && character <= "\u009f") ? unicodeEscape(character) : character;
  }
  return `"${out}"`;
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

// Letters, digits, `_` and `-`, not starting with a digit or a dash.
function label(name: string): string {
  const label = name.replace(/[^A-Za-z0-9-]/g, "_");
  return /^[A-Za-z_]/.test(label) ? label : `policy_${label}`;
}

// Letters and digits only.
function logicalId(name: string): string {
  const words = name.split(/[^A-Za-z0-9]+/).map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return words.join("").slice(0, 200) || "Policy";
}

// CloudFormation resolves `{{resolve:...}}` in any text when it deploys, and names from a log must not reach that far: a
// `?` stands for the second brace, which is the same character to IAM.
function withoutReferences(value: unknown): unknown {
  if (typeof value === "string") return value.replaceAll("{{resolve:", "{?resolve:");
  if (Array.isArray(value)) return value.map(withoutReferences);
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withoutReferences(each)]));
  }
  return value;
}
