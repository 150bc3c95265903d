import { useCollection } from "@cloudscape-design/collection-hooks";
import Header from "@cloudscape-design/components/header";
import Pagination from "@cloudscape-design/components/pagination";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import type { ReactNode } from "react";
import { useTexts } from "../text/context";

interface RowsTableProps<T> {
  title: string;
  description?: string;
  /** What stands in the header instead of how many rows there are. */
  counter?: string;
  rows: readonly T[];
  columns: readonly TableProps.ColumnDefinition<T>[];
  /** By which field rows are sorted at first, the most first; as they came if nothing is said. */
  most?: keyof T & string;
  pageSize?: number;
  /** `embedded` stands in what has a container of its own; `bare` also has a title of its own. */
  variant?: "container" | "embedded" | "bare";
  actions?: ReactNode;
  empty?: ReactNode;
  footer?: ReactNode;
}

const PAGE = 15;

/** Rows that are all there: sorted by a click, and a page at a time where there are many. */
export function RowsTable<T>({ title, description, counter, rows, columns, most, pageSize = PAGE, variant = "container", actions, empty, footer }: RowsTableProps<T>) {
  const { format } = useTexts();
  const { items, collectionProps, paginationProps } = useCollection(rows, {
    sorting: most ? { defaultState: { sortingColumn: { sortingField: most }, isDescending: true } } : {},
    pagination: { pageSize },
  });
  return (
    <Table
      {...collectionProps}
      variant={variant === "container" ? "container" : "embedded"}
      wrapLines
      ariaLabels={{ tableLabel: title }}
      header={
        variant !== "bare" && (
          <Header variant={variant === "embedded" ? "h3" : "h2"} counter={counter ?? `(${format.number(rows.length)})`} description={description} actions={actions}>
            {title}
          </Header>
        )
      }
      empty={empty}
      footer={footer}
      pagination={rows.length > pageSize && <Pagination {...paginationProps} ariaLabels={{ paginationLabel: title }} />}
      items={items}
      columnDefinitions={columns}
    />
  );
}
