import { visible } from "./visible";
import "./outside-text.css";

/** A name from a log or a policy: it wraps anywhere, turns nothing around it, and hides nothing. */
export function OutsideText({ code = false, children }: { code?: boolean; children: string }) {
  return <bdi className={code ? "outside-text outside-text-code" : "outside-text"}>{visible(children)}</bdi>;
}
