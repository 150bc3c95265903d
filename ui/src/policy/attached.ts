/**
 * What was pasted as attached policies, for the API's `compare`: a document as its text, which gives mistakes their lines; or
 * each of a JSON list of documents. Where IAM's own answers were pasted, the document in them is taken.
 */
export function attachedPolicies(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The API says what is wrong, and where.
    return text;
  }
  if (Array.isArray(value)) return value.map(documentOf);
  const document = documentOf(value);
  return document === value ? text : document;
}

// `aws iam get-role-policy` and `get-policy-version` wrap the document.
function documentOf(value: unknown): unknown {
  if (typeof value !== "object" || value === null || "Statement" in value) return value;
  const wrapped = value as { PolicyDocument?: unknown; Document?: unknown; PolicyVersion?: unknown };
  const inner = wrapped.PolicyDocument ?? wrapped.Document ?? wrapped.PolicyVersion;
  return inner === undefined ? value : documentOf(inner);
}
