import { useTexts } from "../text/context";
import "./outside-text.css";

/** The UTC day of a time, in one piece; the time itself is there for those who point at it. */
export function Day({ value }: { value: string | null | undefined }) {
  const { format } = useTexts();
  if (!value) return <>—</>;
  return (
    <time className="day" dateTime={value} title={value.includes("T") ? format.time(value) : undefined}>
      {format.day(value)}
    </time>
  );
}
