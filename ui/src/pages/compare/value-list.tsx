import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import { useState } from "react";
import { useTexts } from "../../text/context";
import "./compare.css";

const FIRST = 8;

/** Values of a policy, each on a line, the first few until somebody wants all. */
export function ValueList({ values }: { values: string[] }) {
  const { texts, format } = useTexts();
  const [all, setAll] = useState(false);
  const shown = all ? values : values.slice(0, FIRST);
  return (
    <>
      <ul className="compare-values">
        {shown.map((value, index) => (
          <li key={index}>
            <Box variant="code">{visible(value)}</Box>
          </li>
        ))}
      </ul>
      {values.length > FIRST && (
        <Button variant="inline-link" onClick={() => setAll(!all)} ariaExpanded={all}>
          {all ? texts.compare.fewer : texts.compare.all(format.number(values.length))}
        </Button>
      )}
    </>
  );
}

const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Characters that hide or turn text, by their number. */
export function visible(text: string): string {
  return text.replaceAll(HIDDEN, (letter) => `\\u${(letter.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`);
}
