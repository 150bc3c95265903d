import { useCollection } from "@cloudscape-design/collection-hooks";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import Pagination from "@cloudscape-design/components/pagination";
import Popover from "@cloudscape-design/components/popover";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import TextFilter from "@cloudscape-design/components/text-filter";
import { useState } from "react";
import { useTexts } from "../../text/context";
import { Day } from "../../ui/day";
import { EmptyState } from "../../ui/empty-state";
import { Noted } from "../../ui/noted";
import { OutsideText } from "../../ui/outside-text";
import { SampleEvents } from "../../ui/sample-events";
import { saveText } from "../../ui/save-text";
import { toCsv } from "./csv";
import { OutcomeIndicator } from "./outcome-indicator";
import { OUTCOMES, type UsageRow } from "./rows";

const PAGE = 25;
// Pixels: what is sticky above.
const TOP_BAR = 57;

interface ResourcesTableProps {
  title: string;
  description: string;
  rows: readonly UsageRow[];
  empty: string;
  /** Only rows of one outcome come: it need not be shown or chosen. */
  oneOutcome?: boolean;
  /** What is looked for at the start. */
  initialText?: string;
  severalAccounts: boolean;
  fileName: string;
}

/** Each permission on each resource, thousands of rows of them, with what they rest on. */
export function ResourcesTable({ title, description, rows, empty, oneOutcome = false, initialText = "", severalAccounts, fileName }: ResourcesTableProps) {
  const { texts, format } = useTexts();
  const t = texts.usage.principal;
  const [outcome, setOutcome] = useState("");
  const chosen = outcome ? rows.filter((row) => row.outcome === outcome) : rows;
  const { items, allPageItems, filteredItemsCount, collectionProps, filterProps, paginationProps } = useCollection(chosen, {
    filtering: {
      defaultFilteringText: initialText,
      filteringFunction: matches,
      empty: <EmptyState title={empty} />,
      noMatch: <EmptyState title={t.noRowsMatch} />,
    },
    sorting: { defaultState: { sortingColumn: { sortingField: "calls" }, isDescending: true } },
    pagination: { pageSize: PAGE },
  });
  const outcomes = [{ value: "", label: t.anyOutcome }, ...OUTCOMES.map((each) => ({ value: each, label: t.outcomes[each] }))];
  const columns: TableProps.ColumnDefinition<UsageRow>[] = [
    { id: "action", header: t.action, isRowHeader: true, sortingField: "action", minWidth: 170, cell: ({ action }) => <OutsideText>{action}</OutsideText> },
    { id: "resource", header: t.resource, sortingField: "resource", minWidth: 240, cell: (row) => <Resource row={row} /> },
    { id: "outcome", header: t.outcome, sortingField: "outcome", minWidth: 165, cell: ({ outcome: each }) => <OutcomeIndicator outcome={each} /> },
    { id: "account", header: t.account, sortingField: "account", cell: ({ account }) => account },
    { id: "calls", header: t.calls, sortingField: "calls", cell: ({ calls }) => format.number(calls) },
    { id: "first", header: t.firstSeen, sortingField: "first_seen", minWidth: 115, cell: ({ first_seen }) => <Day value={first_seen} /> },
    { id: "last", header: t.lastSeen, sortingField: "last_seen", minWidth: 115, cell: ({ last_seen }) => <Day value={last_seen} /> },
    { id: "regions", header: t.regions, minWidth: 105, cell: ({ regions }) => regions?.join(", ") || "—" },
    { id: "samples", header: t.sampleEvents, minWidth: 100, cell: (row) => <Samples row={row} /> },
  ];

  return (
    <Table
      {...collectionProps}
      variant="container"
      wrapLines
      stickyHeader
      stickyHeaderVerticalOffset={TOP_BAR}
      ariaLabels={{ tableLabel: title }}
      items={items}
      columnDefinitions={columns.filter(({ id }) => !(id === "outcome" && oneOutcome) && !(id === "account" && !severalAccounts))}
      header={
        <Header
          counter={filteredItemsCount === undefined || filteredItemsCount === rows.length ? `(${format.number(rows.length)})` : t.of(format.number(filteredItemsCount), format.number(rows.length))}
          description={description}
          actions={
            <Button iconName="download" disabled={rows.length === 0} ariaLabel={`${texts.usage.exportCsv}: ${title}`} onClick={() => saveText(csvOf(allPageItems, t), fileName, "text/csv")}>
              {texts.usage.exportCsv}
            </Button>
          }
        >
          {title}
        </Header>
      }
      filter={
        <SpaceBetween direction="horizontal" size="s">
          <TextFilter {...filterProps} filteringPlaceholder={t.findRows} filteringAriaLabel={`${t.findRows}: ${title}`} />
          {!oneOutcome && (
            <Select
              selectedOption={outcomes.find(({ value }) => value === outcome) ?? null}
              options={outcomes}
              ariaLabel={t.outcome}
              onChange={({ detail }) => setOutcome(detail.selectedOption.value ?? "")}
            />
          )}
        </SpaceBetween>
      }
      pagination={<Pagination {...paginationProps} ariaLabels={{ paginationLabel: title }} />}
    />
  );
}

function Resource({ row }: { row: UsageRow }) {
  const { texts } = useTexts();
  const t = texts.usage.principal;
  const notes = [
    ...(row.generalized ? [t.generalized] : []),
    ...(row.credentials_refused ? [t.credentials] : []),
    ...(row.via ? [t.via(row.via)] : []),
    ...Object.entries(row.context ?? {}).map(([key, value]) => `${key} = ${value}`),
  ];
  return <Noted name={row.resource} notes={notes} />;
}

function Samples({ row: { samples = [], action } }: { row: UsageRow }) {
  const { texts, format } = useTexts();
  if (samples.length === 0) return "—";
  return (
    <Popover header={texts.usage.principal.eventsOf(action)} size="large" position="left" dismissAriaLabel={texts.common.close} content={<SampleEvents samples={samples} />}>
      {format.plural(samples.length, { one: texts.usage.principal.eventCountOne, other: texts.usage.principal.eventCount(format.number(samples.length)) })}
    </Popover>
  );
}

// A service's own prefix finds the service; all else is a part of any of the names.
function matches(row: UsageRow, text: string): boolean {
  const wanted = text.trim().toLowerCase();
  if (/^[a-z0-9-]+:$/.test(wanted)) return row.action.toLowerCase().startsWith(wanted);
  return [row.action, row.resource, row.via ?? "", row.account, ...(row.regions ?? []), ...Object.values(row.context ?? {})].some((name) =>
    name.toLowerCase().includes(wanted),
  );
}

function csvOf(rows: readonly UsageRow[], t: Record<"action" | "resource" | "outcome" | "account" | "calls" | "firstSeen" | "lastSeen" | "regions" | "sampleEvents", string>): string {
  return toCsv(
    [t.action, t.resource, t.outcome, t.account, t.calls, t.firstSeen, t.lastSeen, t.regions, "via", "context", t.sampleEvents],
    rows.map((row) => [
      row.action,
      row.resource,
      row.outcome,
      row.account,
      row.calls,
      row.first_seen,
      row.last_seen,
      row.regions?.join(" "),
      row.via,
      Object.entries(row.context ?? {}).map(([key, value]) => `${key}=${value}`).join(" "),
      row.samples?.map(([, event]) => event).join(" "),
    ]),
  );
}
