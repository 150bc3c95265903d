import { useCollection } from "@cloudscape-design/collection-hooks";
import Box from "@cloudscape-design/components/box";
import Header from "@cloudscape-design/components/header";
import Pagination from "@cloudscape-design/components/pagination";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table from "@cloudscape-design/components/table";
import { useTexts } from "../../text/context";
import { Day } from "../../ui/day";
import { EmptyState } from "../../ui/empty-state";
import { OutsideText } from "../../ui/outside-text";
import type { LeftOut } from "./shapes";

const PAGE = 15;

/** What is not granted, and why. */
export function LeftOutTable({ rows }: { rows: readonly LeftOut[] }) {
  const { texts, format } = useTexts();
  const t = texts.generate.leftOut;
  const reasons: Record<string, string> = t.reasons;
  const { items, collectionProps, paginationProps } = useCollection(rows, {
    sorting: { defaultState: { sortingColumn: { sortingField: "calls" }, isDescending: true } },
    pagination: { pageSize: PAGE },
  });
  return (
    <Table
      {...collectionProps}
      variant="container"
      wrapLines
      ariaLabels={{ tableLabel: t.title }}
      header={
        <Header counter={texts.generate.count(format.number(rows.length))} description={t.description}>
          {t.title}
        </Header>
      }
      empty={<EmptyState title={t.empty} />}
      pagination={rows.length > PAGE && <Pagination {...paginationProps} ariaLabels={{ paginationLabel: t.title }} />}
      items={items}
      columnDefinitions={[
        { id: "action", header: t.action, isRowHeader: true, sortingField: "action", minWidth: 190, cell: ({ action }) => <OutsideText>{action}</OutsideText> },
        {
          id: "resource",
          header: t.resource,
          sortingField: "resource",
          minWidth: 220,
          cell: ({ resource, via, context }) => (
            <>
              <OutsideText>{resource}</OutsideText>
              {[...(via ? [texts.usage.principal.via(via)] : []), ...Object.entries(context ?? {}).map(([key, value]) => `${key} = ${value}`)].map((note) => (
                <Box key={note} variant="small" color="text-body-secondary" display="block">
                  <OutsideText>{note}</OutsideText>
                </Box>
              ))}
            </>
          ),
        },
        {
          id: "reason",
          header: t.reason,
          sortingField: "reason",
          minWidth: 150,
          cell: ({ reason, allowed_all_the_same }) => (
            <>
              {reasons[reason] ?? reason}
              {allowed_all_the_same && (
                <div>
                  <StatusIndicator type="warning" wrapText>
                    {t.allTheSame}
                  </StatusIndicator>
                </div>
              )}
            </>
          ),
        },
        { id: "calls", header: t.calls, sortingField: "calls", cell: ({ calls }) => format.number(calls) },
        { id: "last", header: t.last, sortingField: "last_seen", minWidth: 110, cell: ({ last_seen }) => <Day value={last_seen} /> },
      ]}
    />
  );
}
