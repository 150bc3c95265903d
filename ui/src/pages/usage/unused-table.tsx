import { useCollection } from "@cloudscape-design/collection-hooks";
import Header from "@cloudscape-design/components/header";
import Pagination from "@cloudscape-design/components/pagination";
import Table from "@cloudscape-design/components/table";
import type { Schemas } from "../../api/client";
import { useTexts } from "../../text/context";
import { Day } from "../../ui/day";
import { EmptyState } from "../../ui/empty-state";
import { KindNames, PrincipalName } from "./principal-name";

const PAGE = 10;
// The API lists no more.
const MOST = 50;

/** Principals that nobody has seen for long: candidates to take away. */
export function UnusedTable({ unused, since }: { unused: Schemas["PrincipalSummary"][]; since: string }) {
  const { texts, format } = useTexts();
  const t = texts.usage.unused;
  const columns = texts.usage.all;
  const { items, collectionProps, paginationProps } = useCollection(unused, { pagination: { pageSize: PAGE }, sorting: {} });
  return (
    <Table
      {...collectionProps}
      variant="container"
      wrapLines
      header={
        <Header counter={`(${format.number(unused.length)}${unused.length >= MOST ? "+" : ""})`} description={t.description(format.day(since))}>
          {t.title}
        </Header>
      }
      ariaLabels={{ tableLabel: t.title }}
      empty={<EmptyState title={t.empty} />}
      footer={unused.length >= MOST ? t.first : undefined}
      pagination={unused.length > PAGE && <Pagination {...paginationProps} ariaLabels={{ paginationLabel: t.title }} />}
      items={items}
      columnDefinitions={[
        { id: "principal", header: columns.name, isRowHeader: true, sortingField: "principal", minWidth: 180, cell: ({ principal, account }) => <PrincipalName principal={principal} account={account} /> },
        { id: "kind", header: columns.kind, minWidth: 130, cell: ({ kinds }) => <KindNames kinds={kinds} /> },
        { id: "last", header: columns.lastSeen, sortingField: "last_seen", cell: ({ last_seen }) => (last_seen ? <Day value={last_seen} /> : texts.usage.never) },
      ]}
    />
  );
}
