import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useTexts } from "../../text/context";
import { Day } from "../../ui/day";
import { EmptyState } from "../../ui/empty-state";
import { Noted } from "../../ui/noted";
import { OutsideText } from "../../ui/outside-text";
import { RowsTable } from "../../ui/rows-table";
import type { LeftOut } from "./shapes";

/** What is not granted, and why. */
export function LeftOutTable({ rows }: { rows: readonly LeftOut[] }) {
  const { texts, format } = useTexts();
  const t = texts.generate.leftOut;
  const reasons: Record<string, string> = t.reasons;
  return (
    <RowsTable
      title={t.title}
      description={t.description}
      rows={rows}
      most="calls"
      empty={<EmptyState title={t.empty} />}
      columns={[
        { id: "action", header: t.action, isRowHeader: true, sortingField: "action", minWidth: 190, cell: ({ action }) => <OutsideText>{action}</OutsideText> },
        {
          id: "resource",
          header: t.resource,
          sortingField: "resource",
          minWidth: 220,
          cell: ({ resource, via, context }) => (
            <Noted name={resource} notes={[...(via ? [texts.usage.principal.via(via)] : []), ...Object.entries(context ?? {}).map(([key, value]) => `${key} = ${value}`)]} />
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
