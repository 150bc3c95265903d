import { jsonLanguage } from "@codemirror/lang-json";

/** A value of a JSON text, by where it stands in it. */
export type JsonNode = ReturnType<typeof jsonLanguage.parser.parse>["topNode"];

const VALUES = new Set(["Object", "Array", "String", "Number", "True", "False", "Null"]);

/** The value that a text is; undefined where there is none. */
export function topOf(text: string): JsonNode | undefined {
  return valuesOf(jsonLanguage.parser.parse(text).topNode)[0];
}

/** The values of a list. */
export function valuesOf(node: JsonNode): JsonNode[] {
  const found: JsonNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) if (VALUES.has(child.name)) found.push(child);
  return found;
}

/** What an object has under a name. */
export function propertyOf(object: JsonNode, name: string, text: string): JsonNode | undefined {
  const named = object.getChildren("Property").filter((each) => {
    const key = each.getChild("PropertyName");
    return key && textOf(key, text) === name;
  });
  // A name that stands twice is refused: neither of the two is the one that counts.
  const [only] = named;
  return only && named.length === 1 ? valuesOf(only).at(-1) : undefined;
}

/** What a string says; undefined for what is none. `"\u0041"` says `A`. */
export function textOf(node: JsonNode, text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text.slice(node.from, node.to));
    return typeof value === "string" ? value : undefined;
  } catch {
    return undefined;
  }
}
