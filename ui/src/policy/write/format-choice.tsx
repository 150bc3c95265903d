import SegmentedControl from "@cloudscape-design/components/segmented-control";
import { useTexts } from "../../text/context";

/** Which format a policy is shown in. */
export function FormatChoice<Id extends string>({ formats, chosen, onChoose }: { formats: readonly { id: Id; text: string }[]; chosen: Id; onChoose: (id: Id) => void }) {
  const { texts } = useTexts();
  return (
    <SegmentedControl
      label={texts.policy.format}
      selectedId={chosen}
      options={formats}
      onChange={({ detail }) => {
        const next = formats.find(({ id }) => id === detail.selectedId);
        if (next) onChoose(next.id);
      }}
    />
  );
}
