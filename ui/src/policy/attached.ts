import { type JsonNode, propertyOf, textOf, topOf, valuesOf } from "./nodes";

/**
 * What was pasted as attached policies, for the API's `compare`: the text of a document, which gives mistakes their lines, or
 * that of each of a JSON list of documents. Where IAM's own answers were pasted, the document in them is taken. Texts are cut
 * out and never written anew: what cannot be read, or stands in them twice, is the API's to tell.
 */
export function attachedPolicies(text: string): string | string[] {
  const top = isJson(text) ? topOf(text) : undefined;
  if (top?.name === "Array") return valuesOf(top).map((each) => documentOf(each, text));
  const wrapped = top && innerOf(top, text);
  return wrapped ? documentOf(wrapped, text) : text;
}

function documentOf(node: JsonNode, text: string): string {
  const inner = innerOf(node, text);
  return inner ? documentOf(inner, text) : (textOf(node, text) ?? text.slice(node.from, node.to));
}

// `aws iam get-role-policy` and `get-policy-version` wrap the document.
function innerOf(node: JsonNode, text: string): JsonNode | undefined {
  if (node.name !== "Object" || propertyOf(node, "Statement", text)) return undefined;
  const inner = ["PolicyDocument", "Document", "PolicyVersion"].map((name) => propertyOf(node, name, text));
  return inner.find((each) => each && each.name !== "Null");
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
