import Button from "@cloudscape-design/components/button";
import { useState } from "react";
import { useTexts } from "../text/context";
import { OutsideText } from "./outside-text";
import "./value-list.css";

const FIRST = 10;

/** Values of a policy, each on a line, the first few until somebody wants all. */
export function ValueList({ values }: { values: readonly string[] }) {
  const { texts, format } = useTexts();
  const [all, setAll] = useState(false);
  const shown = all ? values : values.slice(0, FIRST);
  return (
    <>
      <ul className="value-list">
        {shown.map((value, index) => (
          <li key={index}>
            <OutsideText code>{value}</OutsideText>
          </li>
        ))}
      </ul>
      {values.length > FIRST && (
        <Button variant="inline-link" onClick={() => setAll(!all)} ariaExpanded={all}>
          {all ? texts.common.showFewer : texts.common.showAll(format.number(values.length))}
        </Button>
      )}
    </>
  );
}
