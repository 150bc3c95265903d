import type { Schemas } from "../../api/client";
import { useTexts } from "../../text/context";
import { Day } from "../../ui/day";
import { EmptyState } from "../../ui/empty-state";
import { RowsTable } from "../../ui/rows-table";
import { KindNames, PrincipalName } from "./principal-name";

const PAGE = 10;
// The API lists no more.
const MOST = 50;

/** Principals that nobody has seen for long: candidates to take away. */
export function UnusedTable({ unused, since }: { unused: Schemas["PrincipalSummary"][]; since: string }) {
  const { texts, format } = useTexts();
  const t = texts.usage.unused;
  const columns = texts.usage.all;
  return (
    <RowsTable
      title={t.title}
      description={t.description(format.day(since))}
      counter={`(${format.number(unused.length)}${unused.length >= MOST ? "+" : ""})`}
      rows={unused}
      pageSize={PAGE}
      empty={<EmptyState title={t.empty} />}
      footer={unused.length >= MOST ? t.first : undefined}
      columns={[
        { id: "principal", header: columns.name, isRowHeader: true, sortingField: "principal", minWidth: 180, cell: ({ principal, account }) => <PrincipalName principal={principal} account={account} /> },
        { id: "kind", header: columns.kind, minWidth: 130, cell: ({ kinds }) => <KindNames kinds={kinds} /> },
        { id: "last", header: columns.lastSeen, sortingField: "last_seen", cell: ({ last_seen }) => (last_seen ? <Day value={last_seen} /> : texts.usage.never) },
      ]}
    />
  );
}
