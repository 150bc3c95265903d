import { useTexts } from "../../text/context";
import { LazySection } from "../../ui/lazy-section";
import { OutsideText } from "../../ui/outside-text";
import { RowsTable } from "../../ui/rows-table";
import type { Generalized } from "./shapes";

/** Resources that became patterns. */
export function GeneralizedTable({ rows }: { rows: readonly Generalized[] }) {
  const { texts, format } = useTexts();
  const t = texts.generate.generalized;
  return (
    <RowsTable
      title={t.title}
      description={t.description}
      rows={rows}
      columns={[
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
