import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import { syntaxTree } from "@codemirror/language";
import type { EditorState } from "@codemirror/state";
import type { SyntaxNode } from "@lezer/common";

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
const DOCUMENT = ["Version", "Id", "Statement"];
const STATEMENT = [
  "Sid",
  "Effect",
  "Principal",
  "NotPrincipal",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Condition",
];
const PRINCIPAL = ["AWS", "Service", "Federated", "CanonicalUser"];
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
const OPERATORS = [
  "StringEquals",
  "StringNotEquals",
  "StringEqualsIgnoreCase",
  "StringNotEqualsIgnoreCase",
  "StringLike",
  "StringNotLike",
  "NumericEquals",
  "NumericNotEquals",
  "NumericLessThan",
  "NumericLessThanEquals",
  "NumericGreaterThan",
  "NumericGreaterThanEquals",
  "DateEquals",
  "DateNotEquals",
  "DateLessThan",
  "DateLessThanEquals",
  "DateGreaterThan",
  "DateGreaterThanEquals",
  "Bool",
  "BinaryEquals",
  "IpAddress",
  "NotIpAddress",
  "ArnEquals",
  "ArnLike",
  "ArnNotEquals",
  "ArnNotLike",
  "Null",
];
const VALUES: Record<string, string[]> = { Effect: ["Allow", "Deny"], Version: ["2012-10-17"] };

/** Element names where one may stand, and values of elements that have few. */
export function completePolicy(context: CompletionContext): CompletionResult | null {
  const word = context.matchBefore(/"?[\w-]*/);
  if (!word || (word.from === word.to && !context.explicit)) return null;
  const node = syntaxTree(context.state).resolveInner(context.pos, -1);
  const property = closest(node, "Property");
  const colon = property && /^"[^"]*"\s*:/.exec(context.state.sliceDoc(property.from, context.pos));
  const names = colon ? VALUES[nameOf(property, context.state)] : elementsAt(node, context.state);
  if (!names) return null;
  const closed = context.state.sliceDoc(context.pos, context.pos + 1) === '"' ? context.pos + 1 : context.pos;
  const options: Completion[] = names.map((label) => ({
    label: `"${label}"`,
    displayLabel: label,
    type: colon ? "enum" : "property",
    apply: (view, completion, from) => {
      const insert = completion.label;
      view.dispatch({ changes: { from, to: closed, insert }, selection: { anchor: from + insert.length } });
    },
  }));
  return { from: word.from, options, validFor: /^"?[\w-]*$/ };
}

function elementsAt(node: SyntaxNode, state: EditorState): string[] | undefined {
  const object = closest(node, "Object");
  if (!object) return undefined;
  const owner = closest(object.parent, "Property");
  if (!owner) return DOCUMENT;
  switch (nameOf(owner, state)) {
    case "Statement":
      return STATEMENT;
    case "Condition":
      return OPERATORS;
    case "Principal":
    case "NotPrincipal":
      return PRINCIPAL;
    default:
      return undefined;
  }
}

function closest(node: SyntaxNode | null, name: string): SyntaxNode | undefined {
  for (let at = node; at; at = at.parent) if (at.name === name) return at;
  return undefined;
}

function nameOf(property: SyntaxNode, state: EditorState): string {
  const name = property.getChild("PropertyName");
  return name ? state.sliceDoc(name.from + 1, name.to - 1) : "";
}
