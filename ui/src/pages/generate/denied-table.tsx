import { useCollection } from "@cloudscape-design/collection-hooks";
import Pagination from "@cloudscape-design/components/pagination";
import Table from "@cloudscape-design/components/table";
import { useTexts } from "../../text/context";
import { Day } from "../../ui/day";
import { OutsideText } from "../../ui/outside-text";
import type { Denied } from "./shapes";

const PAGE = 15;

/** What was asked for and refused, by everybody who matches. */
export function DeniedTable({ rows }: { rows: readonly Denied[] }) {
  const { texts, format } = useTexts();
  const t = texts.generate.denied;
  const { items, collectionProps, paginationProps } = useCollection(rows, {
    sorting: { defaultState: { sortingColumn: { sortingField: "calls" }, isDescending: true } },
    pagination: { pageSize: PAGE },
  });
  return (
    <Table
      {...collectionProps}
      variant="embedded"
      wrapLines
      ariaLabels={{ tableLabel: t.title }}
      pagination={rows.length > PAGE && <Pagination {...paginationProps} ariaLabels={{ paginationLabel: t.title }} />}
      items={items}
      columnDefinitions={[
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
