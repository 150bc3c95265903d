import Spinner from "@cloudscape-design/components/spinner";
import { Suspense, lazy } from "react";

export interface SideBySideProps {
  old: string;
  new: string;
  /** What each is, for people and screen readers; "Old" and "New" if nothing is said. */
  oldLabel?: string;
  newLabel?: string;
}

const View = lazy(() => import("./side-by-side-view"));

/** Two texts, what differs marked, split or unified. Loaded when it is first shown. */
export function SideBySide(props: SideBySideProps) {
  return (
    <Suspense fallback={<Spinner />}>
      <View {...props} />
    </Suspense>
  );
}
