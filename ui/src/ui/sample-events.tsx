import Box from "@cloudscape-design/components/box";
import { useTexts } from "../text/context";
import { OutsideText } from "./outside-text";

/** Some of the events behind a count, by which they are found in CloudTrail. */
export function SampleEvents({ samples }: { samples: readonly (readonly [time: string, event: string])[] }) {
  const { format } = useTexts();
  return (
    <>
      {samples.map(([time, event]) => (
        <div key={event}>
          <Box variant="small" color="text-body-secondary">
            {format.time(time)}
          </Box>{" "}
          <OutsideText code>{event}</OutsideText>
        </div>
      ))}
    </>
  );
}
