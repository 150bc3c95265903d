import Box from "@cloudscape-design/components/box";
import type { Schemas } from "../../api/client";
import { useTexts } from "../../text/context";
import { EVENT_OUTCOMES, OUTCOME_COLORS } from "./outcomes";
import "./charts.css";

/** The numbers that one comes for. */
export function KeyNumbers({ stats: { totals, principals } }: { stats: Schemas["Stats"] }) {
  const { texts, format } = useTexts();
  const t = texts.usage;
  const share = (count: number) => (totals.events > 0 ? t.ofEvents(format.percent(count / totals.events)) : "");
  const numbers = [
    { key: "events", name: t.events, count: totals.events, hint: t.eventsHint },
    ...EVENT_OUTCOMES.map((outcome) => ({
      key: outcome,
      name: t[outcome],
      count: totals[outcome],
      hint: [share(totals[outcome]), t[`${outcome}Hint`]].filter(Boolean).join(" · "),
    })),
    { key: "principals", name: t.principals, count: principals, hint: t.principalsHint },
  ];
  return (
    <dl className="key-numbers" style={OUTCOME_COLORS}>
      {numbers.map(({ key, name, count, hint }) => (
        <div key={key} className={`key-number-${key}`}>
          <dt>{name}</dt>
          <dd>
            <span className="key-number">{format.number(count)}</span>
            <Box color="text-body-secondary">
              <span className="key-number-hint">{hint}</span>
            </Box>
          </dd>
        </div>
      ))}
    </dl>
  );
}
