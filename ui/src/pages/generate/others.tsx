import SpaceBetween from "@cloudscape-design/components/space-between";
import { useTexts } from "../../text/context";
import { LazySection } from "../../ui/lazy-section";
import { OutsideText } from "../../ui/outside-text";
import { RowsTable } from "../../ui/rows-table";
import { UnknownEvents } from "../../ui/unknown-events";
import { DeniedTable } from "./denied-table";
import type { Answer } from "./shapes";

/** What no policy was written for: principals that take none, what was refused, events that are not known. */
export function Others({ answer: { not_generated, denied, unknown } }: { answer: Answer }) {
  const { texts, format } = useTexts();
  const t = texts.generate;
  const kinds: Record<string, string> = texts.usage.kinds;
  return (
    <SpaceBetween size="l">
      {not_generated.length > 0 && (
        <RowsTable
          title={t.notGenerated.title}
          description={t.notGenerated.description}
          rows={not_generated}
          columns={[
            { id: "principal", header: t.notGenerated.principal, isRowHeader: true, minWidth: 180, cell: ({ principal }) => (principal ? <OutsideText>{principal}</OutsideText> : texts.usage.noName) },
            { id: "kind", header: t.notGenerated.kind, minWidth: 110, cell: ({ kind }) => kinds[kind] ?? kind },
            { id: "events", header: t.notGenerated.events, cell: ({ events }) => format.number(events) },
            { id: "reason", header: t.notGenerated.reason, minWidth: 180, cell: ({ reason }) => reason },
          ]}
        />
      )}
      {denied.length > 0 && (
        <LazySection variant="container" headerText={t.denied.title} headerCounter={t.count(format.number(denied.length))} headerDescription={t.denied.description}>
          <DeniedTable rows={denied} />
        </LazySection>
      )}
      {unknown.length > 0 && <UnknownEvents unknown={unknown} title={t.unknown.title} description={t.unknown.description} />}
    </SpaceBetween>
  );
}
