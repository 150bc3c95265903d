import LiveRegion from "@cloudscape-design/components/live-region";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useEffect, useState } from "react";
import { useTexts } from "../../text/context";

/** That it goes on, and for how long; the seconds are not read out. */
export function Working() {
  const { texts, format } = useTexts();
  const t = texts.generate;
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds((before) => before + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  return (
    <StatusIndicator type="in-progress">
      <LiveRegion tagName="span">{t.working}</LiveRegion>
      {seconds > 0 && <span aria-hidden="true"> · {t.seconds(format.number(seconds))}</span>}
    </StatusIndicator>
  );
}
