import Box from "@cloudscape-design/components/box";
import { OutsideText } from "./outside-text";

/** A name, and below it in small what has to be known about it. */
export function Noted({ name, notes }: { name: string; notes: readonly string[] }) {
  return (
    <>
      <OutsideText>{name}</OutsideText>
      {notes.map((note) => (
        <Box key={note} variant="small" color="text-body-secondary" display="block">
          <OutsideText>{note}</OutsideText>
        </Box>
      ))}
    </>
  );
}
