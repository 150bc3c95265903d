import type { ReactNode } from "react";
import { visible } from "./visible";

/** Words of the API's or a model's: what stands in backticks came from a policy, or is written as in one. Lines stay lines. */
export function Said({ children }: { children: string }): ReactNode {
  return children
    .split("\n")
    .map(visible)
    .join("\n")
    .split(/`([^`]+)`/)
    .map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part));
}
