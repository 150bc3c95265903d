import { Fragment } from "react";
import { visible } from "./visible";
import "./outside-text.css";

// ARNs and actions break behind these first.
const PARTS = /(?<=[:/])(?![:/])/;

/** A name from a log or a policy: it wraps anywhere, turns nothing around it, and hides nothing. */
export function OutsideText({ code = false, children }: { code?: boolean; children: string }) {
  const parts = visible(children)
    .split(PARTS)
    .map((part, index) => (
      <Fragment key={index}>
        {index > 0 && <wbr />}
        {part}
      </Fragment>
    ));
  if (!code) return <bdi className="outside-text">{parts}</bdi>;
  return (
    <code dir="auto" className="outside-text outside-text-code">
      {parts}
    </code>
  );
}
