import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import Button from "@cloudscape-design/components/button";
import { useMemo, useState } from "react";
import { useTexts } from "../../text/context";
import { EmptyState } from "../../ui/empty-state";
import { visible } from "../../ui/visible";
import { bucketDays } from "./days";
import { type Cell, count } from "./heat";
import { HeatMap, type NamedHeatRow } from "./heat-map";
import { type UsageRow, serviceOf } from "./rows";

const FEW = 20;

/** Services, or actions, by days. */
export function UsedOverTime({ rows }: { rows: readonly UsageRow[] }) {
  const { texts, format } = useTexts();
  const t = texts.usage.principal;
  const [by, setBy] = useState("service");
  const [all, setAll] = useState(false);
  const { columns, heat } = useMemo(() => toHeat(rows, by === "service" ? ({ action }) => serviceOf(action) : ({ action }) => action), [rows, by]);
  const shown = all ? heat : heat.slice(0, FEW);
  const named = columns.map(({ start, end }) => ({
    key: start,
    name: format.day(start),
    title: start === end ? format.day(start) : texts.usage.trend.span(format.day(start), format.day(end)),
  }));
  return (
    <Container
      header={
        <Header
          counter={`(${format.number(heat.length)})`}
          actions={
            <SegmentedControl
              label={t.usedLabel}
              selectedId={by}
              options={[
                { id: "service", text: t.byService },
                { id: "action", text: t.byAction },
              ]}
              onChange={({ detail }) => setBy(detail.selectedId)}
            />
          }
        >
          {t.used}
        </Header>
      }
    >
      {heat.length === 0 ? <EmptyState title={t.noRows} /> : <HeatMap caption={t.used} rows={shown} columns={named} startAtEnd />}
      {heat.length > FEW && (
        <Button variant="inline-link" onClick={() => setAll(!all)} ariaExpanded={all}>
          {all ? texts.common.showFewer : texts.common.showAll(format.number(heat.length))}
        </Button>
      )}
    </Container>
  );
}

function toHeat(rows: readonly UsageRow[], keyOf: (row: UsageRow) => string): { columns: { start: string; end: string }[]; heat: NamedHeatRow[] } {
  const days: Record<string, number> = {};
  for (const row of rows) for (const [day, calls] of Object.entries(row.days ?? {})) days[day] = (days[day] ?? 0) + calls;
  const { buckets } = bucketDays<number>(days, 0, (left, right) => left + right);
  const bucketOf = new Map<string, string>();
  for (const day of Object.keys(days)) {
    const bucket = buckets.find(({ start, end }) => start <= day && day <= end);
    if (bucket) bucketOf.set(day, bucket.start);
  }
  const byKey = new Map<string, Map<string, Cell>>();
  for (const row of rows) {
    const key = keyOf(row);
    const cells = byKey.get(key) ?? new Map<string, Cell>();
    byKey.set(key, cells);
    for (const [day, calls] of Object.entries(row.days ?? {})) {
      const bucket = bucketOf.get(day);
      const refused = row.outcome === "denied";
      if (bucket) count(cells, bucket, { calls: refused ? 0 : calls, denied: refused ? calls : 0 });
    }
  }
  const total = (cells: Map<string, Cell>) => [...cells.values()].reduce((sum, { calls, denied }) => sum + calls + denied, 0);
  const heat = [...byKey].map(([key, cells]) => ({ key, name: visible(key), cells, total: total(cells) }));
  heat.sort((left, right) => right.total - left.total || (left.key < right.key ? -1 : 1));
  return { columns: buckets, heat };
}
