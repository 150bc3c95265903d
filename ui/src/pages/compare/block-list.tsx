import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useTexts } from "../../text/context";
import type { Block } from "./access";
import { BlockView } from "./block-view";
import type { Decider } from "./replay";
import type { Compared, Side } from "./request-view";

const STEP = 10;

interface BlockListProps {
  blocks: Block[];
  side: Side;
  compared: Compared;
  reveal: (side: Side, statement: Decider) => void;
}

/** What is added or what is removed; of much, ten blocks at a time. */
export function BlockList({ blocks, side, compared, reveal }: BlockListProps) {
  const { texts, format } = useTexts();
  const [most, setMost] = useState(STEP);
  const { added, removed, addedHint, removedHint, more } = texts.compare;
  if (blocks.length === 0) return null;
  return (
    <SpaceBetween size="s">
      <Header
        variant="h3"
        counter={`(${format.number(blocks.length)})`}
        description={side === "new" ? addedHint : removedHint}
      >
        {side === "new" ? added : removed}
      </Header>
      {blocks.slice(0, most).map((block, index) => (
        <BlockView key={index} block={block} side={side} compared={compared} reveal={reveal} />
      ))}
      {blocks.length > most && (
        <Button onClick={() => setMost(most + STEP)}>{more(format.number(Math.min(STEP, blocks.length - most)))}</Button>
      )}
    </SpaceBetween>
  );
}
