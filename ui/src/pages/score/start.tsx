import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import Link from "@cloudscape-design/components/link";
import { useTexts } from "../../text/context";
import { EmptyState } from "../../ui/empty-state";
import { SAMPLE_NAMES, type SampleName } from "./samples";

/** What stands where the score will be, until there is one. */
export function Start({ onSample }: { onSample: (name: SampleName) => void }) {
  const { texts } = useTexts();
  const words = texts.score;
  return (
    <Container header={<Header>{words.result}</Header>}>
      <EmptyState title={words.empty}>{words.emptyHint}</EmptyState>
      <ul className="score-samples">
        {SAMPLE_NAMES.map((name) => (
          <li key={name}>
            <Link
              href="#"
              onFollow={(event) => {
                event.preventDefault();
                onSample(name);
              }}
            >
              {words.samples[name].name}
            </Link>
            <Box color="text-body-secondary" fontSize="body-s">
              {words.samples[name].about}
            </Box>
          </li>
        ))}
      </ul>
    </Container>
  );
}
