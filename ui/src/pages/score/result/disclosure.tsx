import { type ReactNode, useState } from "react";

/** Opens and closes; what is inside is made when it is first opened. */
export function Disclosure({ summary, isOpen = false, isSmall = false, children }: { summary: string; isOpen?: boolean; isSmall?: boolean; children: () => ReactNode }) {
  const [open, setOpen] = useState(isOpen);
  return (
    <details className={isSmall ? "score-disclosure score-disclosure-small" : "score-disclosure"} open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{summary}</summary>
      {open && children()}
    </details>
  );
}
