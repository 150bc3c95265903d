import Badge from "@cloudscape-design/components/badge";
import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useTexts } from "../../text/context";
import { ValueList } from "../../ui/value-list";
import { type Block, conditionsOf, elementsOf } from "./access";
import type { Decider } from "./replay";
import { type Compared, RequestView, type Side } from "./request-view";
import { StatementLink } from "./statement-link";

interface BlockViewProps {
  block: Block;
  /** The policy that grants it: what is added stands in the new one, what is removed in the old one. */
  side: Side;
  compared: Compared;
  reveal: (side: Side, statement: Decider) => void;
}

/** Access that one policy grants and the other does not: what, by which statement, and a request in it. */
export function BlockView({ block, side, compared, reveal }: BlockViewProps) {
  const { texts } = useTexts();
  const words = texts.compare;
  const names: Record<string, string> = words.elements;
  const conditions = conditionsOf(block.allows).map(
    ({ key, operator, values }) => `${key} ${operator} ${values.join(", ")}`,
  );
  return (
    <Container>
      <SpaceBetween size="s">
        <SpaceBetween direction="horizontal" size="xs" alignItems="center">
          <Badge color={side === "new" ? "severity-medium" : "blue"}>{words.extent[side][block.whole ? "whole" : "part"]}</Badge>
          <StatementLink statement={block} places={compared.places[side]} onFollow={() => reveal(side, block)} />
          <Box variant="span" color="text-body-secondary">
            {words.policyNames[side]}
          </Box>
        </SpaceBetween>
        <KeyValuePairs
          minColumnWidth={240}
          columns={2}
          items={[
            ...elementsOf(block.allows).map(({ name, values }) => ({
              label: names[name] ?? name,
              value: <ValueList values={values} />,
            })),
            ...(conditions.length > 0 ? [{ label: words.elements.Condition, value: <ValueList values={conditions} /> }] : []),
          ]}
        />
        <ExpandableSection headerText={words.witness} headingTagOverride="h4">
          <RequestView request={block.witness} compared={compared} reveal={reveal} />
        </ExpandableSection>
      </SpaceBetween>
    </Container>
  );
}
