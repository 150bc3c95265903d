import ExpandableSection, { type ExpandableSectionProps } from "@cloudscape-design/components/expandable-section";
import { useState } from "react";

/** An expandable section whose content is first made when somebody opens it: hundreds of rows that nobody looks at cost nothing. */
export function LazySection({ children, ...props }: Omit<ExpandableSectionProps, "expanded" | "onChange">) {
  const [opened, setOpened] = useState(props.defaultExpanded ?? false);
  return (
    <ExpandableSection {...props} onChange={({ detail }) => detail.expanded && setOpened(true)}>
      {opened && children}
    </ExpandableSection>
  );
}
