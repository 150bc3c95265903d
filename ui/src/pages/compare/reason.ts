import type { Texts } from "../../text/en";

/**
 * Why there is no verdict, in the reader's language, and what can be done. What is not known stands as it came.
 * `quote` writes what comes from a policy.
 */
export function explainDoubt(
  reason: string,
  doubts: Texts["compare"]["doubts"],
  quote: (text: string) => string = (text) => text,
): { detail: string; hint: string } {
  for (const [pattern, explain] of [
    [/^it depends on what (.+) stands for$/u, doubts.variables],
    [/^conditions on `(.+)` compare it with values of several kinds$/u, doubts.values],
    [/^only AWS knows who `(.+)` is$/u, doubts.principal],
    [/^it depends on which account `(.+)` stands for$/u, doubts.account],
    [/^the policies are too intricate (to compare)/u, doubts.budget],
    [/^the request that was found (is not confirmed)/u, doubts.witness],
  ] as const) {
    const found = pattern.exec(reason);
    if (found) return explain(quote(found[1] ?? ""));
  }
  return { detail: quote(reason), hint: doubts.otherHint };
}
