import ExpandableSection from "@cloudscape-design/components/expandable-section";
import Spinner from "@cloudscape-design/components/spinner";
import { Suspense, lazy, useState } from "react";
import type { Schemas } from "../../../../api/client";
import { useTexts } from "../../../../text/context";
import type { Version } from "../versions";

export interface TakeProps {
  /** Undefined where there is none: findings can be taken all the same. */
  version: Version | undefined;
  /** The text that was asked about, as it stood. */
  original: string;
  answer: Schemas["ScoreAnswer"];
}

const Formats = lazy(() => import("./formats"));

/** The version that is shown, to copy and download in several formats. Loaded when it is opened. */
export function TakeAlong(props: TakeProps) {
  const { texts } = useTexts();
  const [expanded, setExpanded] = useState(false);
  return (
    <ExpandableSection variant="container" headerText={texts.score.better.take} headingTagOverride="h2" expanded={expanded} onChange={({ detail }) => setExpanded(detail.expanded)}>
      {expanded && (
        <Suspense fallback={<Spinner />}>
          <Formats {...props} />
        </Suspense>
      )}
    </ExpandableSection>
  );
}
