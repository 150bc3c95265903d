import { jsonLanguage } from "@codemirror/lang-json";
import { textOf } from "./nodes";
import { placesIn } from "./places";

/** A key that stands twice in one object, and where it stands the second time. */
export interface DuplicateKey {
  key: string;
  line: number;
  column: number;
}

/** The first one of a text that is JSON. `JSON.parse` drops what stands under the first of the two, and says nothing. */
export function findDuplicateKey(text: string): DuplicateKey | undefined {
  const objects: Set<string>[] = [];
  let found: { key: string; from: number } | undefined;
  jsonLanguage.parser.parse(text).iterate({
    enter: (cursor) => {
      if (found) return false;
      if (cursor.name === "Object") objects.push(new Set());
      if (cursor.name !== "PropertyName") return true;
      const key = textOf(cursor.node, text) ?? "";
      const keys = objects.at(-1);
      if (keys?.has(key)) found = { key, from: cursor.from };
      keys?.add(key);
      return true;
    },
    leave: ({ name }) => {
      if (name === "Object") objects.pop();
    },
  });
  return found && { key: found.key, ...placesIn(text)(found.from) };
}
