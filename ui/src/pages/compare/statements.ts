import { propertyOf, textOf, topOf, valuesOf } from "../../policy/nodes";
import { placesIn } from "../../policy/places";

/** Where a statement stands in a text, and what it is called. Line and column count from 1. */
export interface StatementPlace {
  line: number;
  column: number;
  sid: string | undefined;
}

/** The statements of a text, by policy and statement: of one document, or of a list of them. */
export function findStatements(text: string): StatementPlace[][] {
  const top = topOf(text);
  const documents = top?.name === "Array" ? valuesOf(top) : top ? [top] : [];
  const placeOf = placesIn(text);
  return documents.map((document) => {
    const statement = propertyOf(document, "Statement", text);
    if (!statement) return [];
    const statements = statement.name === "Array" ? valuesOf(statement) : [statement];
    return statements.map((each) => {
      const sid = propertyOf(each, "Sid", text);
      return { ...placeOf(each.from), sid: sid && textOf(sid, text) };
    });
  });
}
