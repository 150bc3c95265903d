import { useCollection } from "@cloudscape-design/collection-hooks";
import Header from "@cloudscape-design/components/header";
import Pagination from "@cloudscape-design/components/pagination";
import Table from "@cloudscape-design/components/table";
import { useTexts } from "../../text/context";
import { LazySection } from "../../ui/lazy-section";
import { OutsideText } from "../../ui/outside-text";
import type { Generalized } from "./shapes";

const PAGE = 15;

/** Resources that became patterns. */
export function GeneralizedTable({ rows }: { rows: readonly Generalized[] }) {
  const { texts, format } = useTexts();
  const t = texts.generate.generalized;
  const { items, collectionProps, paginationProps } = useCollection(rows, { pagination: { pageSize: PAGE } });
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
      pagination={rows.length > PAGE && <Pagination {...paginationProps} ariaLabels={{ paginationLabel: t.title }} />}
      items={items}
      columnDefinitions={[
        { id: "action", header: t.action, isRowHeader: true, cell: ({ action }) => <OutsideText>{action}</OutsideText> },
        { id: "pattern", header: t.pattern, minWidth: 220, cell: ({ pattern }) => <OutsideText code>{pattern}</OutsideText> },
        { id: "resources", header: t.resources, cell: ({ resources, at_least }) => (at_least ? t.atLeast(format.number(resources)) : format.number(resources)) },
        {
          id: "examples",
          header: t.examples,
          minWidth: 220,
          cell: ({ examples }) => (
            <LazySection headerText={`${t.examples} ${texts.generate.count(format.number(examples.length))}`}>
              {examples.map((example) => (
                <div key={example}>
                  <OutsideText code>{example}</OutsideText>
                </div>
              ))}
            </LazySection>
          ),
        },
      ]}
    />
  );
}
