import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { useTexts } from "../../text/context";
import { LazySection } from "../../ui/lazy-section";
import { OutsideText } from "../../ui/outside-text";
import { DeniedTable } from "./denied-table";
import type { Answer } from "./shapes";

/** What no policy was written for: principals that take none, what was refused, events that are not known. */
export function Others({ answer: { not_generated, denied, unknown } }: { answer: Answer }) {
  const { texts, format } = useTexts();
  const t = texts.generate;
  const kinds: Record<string, string> = texts.usage.kinds;
  const count = (rows: readonly unknown[]) => t.count(format.number(rows.length));
  return (
    <SpaceBetween size="l">
      {not_generated.length > 0 && (
        <Table
          variant="container"
          wrapLines
          ariaLabels={{ tableLabel: t.notGenerated.title }}
          header={<Header counter={count(not_generated)} description={t.notGenerated.description}>{t.notGenerated.title}</Header>}
          items={not_generated}
          columnDefinitions={[
            { id: "principal", header: t.notGenerated.principal, isRowHeader: true, minWidth: 180, cell: ({ principal }) => (principal ? <OutsideText>{principal}</OutsideText> : texts.usage.noName) },
            { id: "kind", header: t.notGenerated.kind, minWidth: 110, cell: ({ kind }) => kinds[kind] ?? kind },
            { id: "events", header: t.notGenerated.events, cell: ({ events }) => format.number(events) },
            { id: "reason", header: t.notGenerated.reason, minWidth: 180, cell: ({ reason }) => reason },
          ]}
        />
      )}
      {denied.length > 0 && (
        <LazySection variant="container" headerText={t.denied.title} headerCounter={count(denied)} headerDescription={t.denied.description}>
          <DeniedTable rows={denied} />
        </LazySection>
      )}
      {unknown.length > 0 && (
        <Table
          variant="container"
          wrapLines
          ariaLabels={{ tableLabel: t.unknown.title }}
          header={<Header counter={count(unknown)} description={t.unknown.description}>{t.unknown.title}</Header>}
          items={unknown}
          columnDefinitions={[
            { id: "name", header: t.unknown.name, isRowHeader: true, cell: ({ name }) => <OutsideText>{name}</OutsideText> },
            { id: "source", header: t.unknown.source, cell: ({ source }) => <OutsideText>{source}</OutsideText> },
            { id: "reason", header: t.unknown.reason, cell: ({ reason }) => reason },
            { id: "events", header: t.unknown.events, cell: ({ events }) => format.number(events) },
          ]}
        />
      )}
    </SpaceBetween>
  );
}
