import type { ReactNode } from "react";
import type { Schemas } from "../api/client";
import { useTexts } from "../text/context";
import { OutsideText } from "./outside-text";
import { RowsTable } from "./rows-table";

/** Events that no permission could be told for. */
export function UnknownEvents({ unknown, title, description, empty }: { unknown: readonly Schemas["UnknownEvent"][]; title: string; description: string; empty?: ReactNode }) {
  const { texts, format } = useTexts();
  const t = texts.usage.unknownTable;
  return (
    <RowsTable
      title={title}
      description={description}
      rows={unknown}
      empty={empty}
      columns={[
        { id: "name", header: t.name, isRowHeader: true, sortingField: "name", minWidth: 170, cell: ({ name }) => <OutsideText>{name}</OutsideText> },
        { id: "source", header: t.source, sortingField: "source", minWidth: 150, cell: ({ source }) => <OutsideText>{source}</OutsideText> },
        { id: "reason", header: t.reason, cell: ({ reason }) => reason },
        { id: "events", header: t.events, sortingField: "events", cell: ({ events }) => format.number(events) },
      ]}
    />
  );
}
