import { useTexts } from "../../text/context";
import { Day } from "../../ui/day";
import { OutsideText } from "../../ui/outside-text";
import { RowsTable } from "../../ui/rows-table";
import type { Denied } from "./shapes";

/** What was asked for and refused, by everybody who matches. */
export function DeniedTable({ rows }: { rows: readonly Denied[] }) {
  const { texts, format } = useTexts();
  const t = texts.generate.denied;
  return (
    <RowsTable
      variant="bare"
      title={t.title}
      rows={rows}
      most="calls"
      columns={[
        { id: "principal", header: t.principal, isRowHeader: true, sortingField: "principal", minWidth: 180, cell: ({ principal }) => <OutsideText>{principal}</OutsideText> },
        {
          id: "action",
          header: t.action,
          sortingField: "action",
          minWidth: 150,
          cell: ({ action, credentials_refused }) => <OutsideText>{credentials_refused ? `${action} (${t.credentials})` : action}</OutsideText>,
        },
        { id: "resource", header: t.resource, sortingField: "resource", minWidth: 180, cell: ({ resource }) => <OutsideText>{resource}</OutsideText> },
        { id: "calls", header: t.calls, sortingField: "calls", cell: ({ calls }) => format.number(calls) },
        { id: "last", header: t.last, sortingField: "last_seen", cell: ({ last_seen }) => <Day value={last_seen} /> },
      ]}
    />
  );
}
