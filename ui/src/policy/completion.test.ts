import { CompletionContext } from "@codemirror/autocomplete";
import { json } from "@codemirror/lang-json";
import { EditorState } from "@codemirror/state";
import { expect, test } from "vitest";
import { completePolicy } from "./completion";

// `|` is the cursor.
function offered(text: string): string[] {
  const at = text.indexOf("|");
  const state = EditorState.create({ doc: text.replace("|", ""), extensions: json() });
  const result = completePolicy(new CompletionContext(state, at, true));
  return result?.options.map((option) => option.displayLabel ?? option.label) ?? [];
}

test("elements are offered where they may stand", () => {
  expect(offered('{ "|" }')).toContain("Statement");
  expect(offered('{ "Statement": [{ "|" }] }')).toContain("NotAction");
  expect(offered('{ "Statement": [{ "Condition": { "|" } }] }')).toContain("ArnLike");
  expect(offered('{ "Statement": [{ "Principal": { "|" } }] }')).toContain("Federated");
});

test("an effect is Allow or Deny", () => {
  expect(offered('{ "Statement": [{ "Effect": "|" }] }')).toEqual(["Allow", "Deny"]);
});

test("what the catalog alone could know is not guessed", () => {
  expect(offered('{ "Statement": [{ "Action": "|" }] }')).toEqual([]);
  expect(offered('{ "Statement": [{ "Condition": { "StringLike": { "|" } } }] }')).toEqual([]);
});
