import { jsonLanguage } from "@codemirror/lang-json";

/** Where a statement stands in a text, and what it is called. Line and column count from 1. */
export interface StatementPlace {
  line: number;
  column: number;
  sid: string | undefined;
}

type Node = ReturnType<typeof jsonLanguage.parser.parse>["topNode"];

/** The statements of a text, by policy and statement: of one document, or of a list of them. */
export function findStatements(text: string): StatementPlace[][] {
  const top = valueOf(jsonLanguage.parser.parse(text).topNode);
  const documents = top?.name === "Array" ? valuesOf(top) : top ? [top] : [];
  const placeOf = placesIn(text);
  return documents.map((document) => {
    const statement = property(document, "Statement", text);
    if (!statement) return [];
    const statements = statement.name === "Array" ? valuesOf(statement) : [statement];
    return statements.map((each) => ({ ...placeOf(each.from), sid: sidOf(each, text) }));
  });
}

function sidOf(statement: Node, text: string): string | undefined {
  const sid = property(statement, "Sid", text);
  const value = sid && parsed(text.slice(sid.from, sid.to));
  return typeof value === "string" ? value : undefined;
}

function property(object: Node, name: string, text: string): Node | undefined {
  // Of a name that stands twice the last counts, as for the API.
  return object
    .getChildren("Property")
    .filter((each) => {
      const key = each.getChild("PropertyName");
      return key && parsed(text.slice(key.from, key.to)) === name;
    })
    .map((each) => valuesOf(each).at(-1))
    .at(-1);
}

const VALUES = new Set(["Object", "Array", "String", "Number", "True", "False", "Null"]);

function valuesOf(node: Node): Node[] {
  const found: Node[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) if (VALUES.has(child.name)) found.push(child);
  return found;
}

function valueOf(node: Node): Node | undefined {
  return valuesOf(node)[0];
}

/** Lines and columns of offsets that never fall, so that the text is walked once however many there are. */
function placesIn(text: string): (offset: number) => { line: number; column: number } {
  let at = 0;
  let line = 1;
  let column = 1;
  return (offset) => {
    while (at < offset) {
      const letter = text.codePointAt(at) ?? 0;
      // Editors count characters, of which some take two units.
      at += letter > 0xffff ? 2 : 1;
      const ends = letter === 0x0a;
      line += ends ? 1 : 0;
      column = ends ? 1 : column + 1;
    }
    return { line, column };
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
