import Box from "@cloudscape-design/components/box";
import Table from "@cloudscape-design/components/table";
import { useMemo, useState } from "react";
import { useTexts } from "../../text/context";
import { EmptyState } from "../../ui/empty-state";
import { LazySection } from "../../ui/lazy-section";
import { type Bucket, axisEnd, bucketDays } from "./days";
import { type EventOutcome, OUTCOME_COLORS } from "./outcomes";
import "./charts.css";

type Counts = Partial<Record<EventOutcome, number>>;

interface StackedDaysProps {
  days: Readonly<Record<string, Counts>>;
  outcomes: readonly EventOutcome[];
}

/** Bars over time, a part for each outcome; the same numbers as a table below. */
export function StackedDays({ days, outcomes }: StackedDaysProps) {
  const { texts, format } = useTexts();
  const t = texts.usage.trend;
  const [hovered, setHovered] = useState<string>();
  const { unit, buckets } = useMemo(() => bucketDays<Counts>(days, {}, (left, right) => add(left, right, outcomes)), [days, outcomes]);
  const sumOf = (counts: Counts) => outcomes.reduce((sum, outcome) => sum + (counts[outcome] ?? 0), 0);
  const nameOf = ({ start, end }: Bucket<Counts>) => (start === end ? format.day(start) : t.span(format.day(start), format.day(end)));
  const first = buckets[0];
  const last = buckets[buckets.length - 1];
  if (!first || !last) return <EmptyState title={t.none} />;

  const most = Math.max(...buckets.map(({ value }) => sumOf(value)));
  const end = axisEnd(most);
  const shown = buckets.find(({ start }) => start === hovered);
  const legend = shown?.value ?? buckets.reduce<Counts>((sum, { value }) => add(sum, value, outcomes), {});
  const few = buckets.length <= 5;
  const middle = buckets.length > 10 ? buckets[Math.floor((buckets.length - 1) / 2)] : undefined;
  const named = few ? buckets : [first, ...(middle ? [middle] : []), last];

  return (
    <div style={OUTCOME_COLORS}>
      <ul className="legend">
        {outcomes.map((outcome) => (
          <li key={outcome}>
            <span className={`legend-swatch outcome outcome-${outcome}`} />
            <span>
              {texts.usage[outcome]} <span className="legend-number">{format.number(legend[outcome] ?? 0)}</span>
            </span>
          </li>
        ))}
        <li>
          <Box color="text-body-secondary">{shown ? nameOf(shown) : `${t.span(format.day(first.start), format.day(last.end))}, ${t.units[unit]}`}</Box>
        </li>
      </ul>
      <div className="days-chart" role="img" aria-label={t.label(format.day(first.start), format.day(last.end), format.number(most))}>
        <div className="days-ticks">
          {[end, end / 2, 0].map((tick) => (
            <span key={tick}>{format.number(tick)}</span>
          ))}
        </div>
        <div className="days-plot" onMouseLeave={() => setHovered(undefined)}>
          {buckets.map((bucket) => (
            <div key={bucket.start} className="days-column" title={nameOf(bucket)} onMouseEnter={() => setHovered(bucket.start)}>
              <div className="days-bar" style={{ blockSize: `${(sumOf(bucket.value) / end) * 100}%` }}>
                {outcomes.map((outcome) => {
                  const count = bucket.value[outcome] ?? 0;
                  return count > 0 && <div key={outcome} className={`days-part outcome outcome-${outcome}`} style={{ flexGrow: count }} />;
                })}
              </div>
            </div>
          ))}
        </div>
        <div className={few ? "days-names days-names-few" : "days-names"}>
          {named.map((bucket) => (
            <span key={bucket.start}>{format.day(bucket.start)}</span>
          ))}
        </div>
      </div>
      <Box margin={{ top: "s" }}>
        <LazySection headerText={t.asTable}>
          <Table
            variant="embedded"
            enableKeyboardNavigation
            ariaLabels={{ tableLabel: t.title }}
            items={[...buckets].reverse().filter(({ value }) => sumOf(value) > 0)}
            trackBy="start"
            columnDefinitions={[
              { id: "day", header: t.columns[unit], cell: nameOf, isRowHeader: true },
              ...outcomes.map((outcome) => ({
                id: outcome,
                header: texts.usage[outcome],
                cell: ({ value }: Bucket<Counts>) => format.number(value[outcome] ?? 0),
              })),
              { id: "total", header: t.total, cell: ({ value }) => format.number(sumOf(value)) },
            ]}
          />
        </LazySection>
      </Box>
    </div>
  );
}

function add(left: Counts, right: Counts, outcomes: readonly EventOutcome[]): Counts {
  return Object.fromEntries(outcomes.map((outcome) => [outcome, (left[outcome] ?? 0) + (right[outcome] ?? 0)]));
}
