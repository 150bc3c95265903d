import type { ReactNode } from "react";

// As in the editor: characters that hide, or turn the text around them.
const HIDDEN = /(?![\t\n])\p{Cc}|[\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff]/gu;

/** Characters that nobody would see are written as their numbers. */
export function visible(text: string): string {
  return text.replace(HIDDEN, (character) => `⟨U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}⟩`);
}

/** A sentence of the API's: what stands in backticks came from a policy, or is written as in one. */
export function Said({ children }: { children: string }): ReactNode {
  return visible(children)
    .split(/`([^`]+)`/)
    .map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part));
}
