import { useCollection } from "@cloudscape-design/collection-hooks";
import Header from "@cloudscape-design/components/header";
import Pagination from "@cloudscape-design/components/pagination";
import Table from "@cloudscape-design/components/table";
import TextFilter from "@cloudscape-design/components/text-filter";
import { useTexts } from "../../text/context";
import { EmptyState } from "../../ui/empty-state";
import { OutsideText } from "../../ui/outside-text";
import { ProofBadge } from "./proof-view";
import type { Generated } from "./shapes";

const PAGE = 10;

interface OverviewProps {
  principals: readonly Generated[];
  selected: string;
  onSelect: (principal: string) => void;
}

/** Those who got policies, of whom one is shown below. */
export function Overview({ principals, selected, onSelect }: OverviewProps) {
  const { texts, format } = useTexts();
  const t = texts.generate.overview;
  const kinds: Record<string, string> = texts.usage.kinds;
  const { items, collectionProps, filterProps, paginationProps } = useCollection(principals, {
    filtering: {
      filteringFunction: ({ principal }, text) => principal.toLowerCase().includes(text.toLowerCase()),
      noMatch: <EmptyState title={t.noMatch} />,
    },
    pagination: { pageSize: PAGE },
    sorting: {},
  });
  return (
    <Table
      {...collectionProps}
      variant="container"
      wrapLines
      selectionType="single"
      trackBy="principal"
      selectedItems={principals.filter(({ principal }) => principal === selected)}
      onSelectionChange={({ detail }) => detail.selectedItems[0] && onSelect(detail.selectedItems[0].principal)}
      onRowClick={({ detail }) => onSelect(detail.item.principal)}
      ariaLabels={{ tableLabel: t.title, selectionGroupLabel: t.description, itemSelectionLabel: (_, { principal }) => t.show(principal) }}
      header={
        <Header counter={texts.generate.count(format.number(principals.length))} description={t.description}>
          {t.title}
        </Header>
      }
      filter={principals.length > PAGE && <TextFilter {...filterProps} filteringPlaceholder={t.find} filteringAriaLabel={t.find} />}
      pagination={principals.length > PAGE && <Pagination {...paginationProps} ariaLabels={{ paginationLabel: t.title }} />}
      items={items}
      columnDefinitions={[
        { id: "principal", header: t.principal, isRowHeader: true, sortingField: "principal", minWidth: 200, cell: ({ principal }) => <OutsideText>{principal}</OutsideText> },
        { id: "kind", header: t.kind, sortingField: "kind", cell: ({ kind }) => kinds[kind] ?? kind },
        { id: "policies", header: t.policies, cell: ({ policies }) => format.number(policies.length) },
        { id: "size", header: t.size, cell: ({ policies }) => format.number(policies.reduce((sum, { size }) => sum + size, 0)) },
        { id: "leftOut", header: t.leftOut, cell: ({ left_out }) => format.number(left_out.length) },
        { id: "proof", header: t.proof, minWidth: 110, cell: ({ proof }) => <ProofBadge proof={proof} /> },
      ]}
    />
  );
}
