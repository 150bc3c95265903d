import Badge from "@cloudscape-design/components/badge";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import { useState } from "react";
import type { Schemas } from "../../api/client";
import { useTexts } from "../../text/context";
import { OutsideText } from "../../ui/outside-text";
import { EvidenceView } from "./evidence-view";
import { type Statement, listOf } from "./shapes";
import "./generate.css";

const FEW = 10;

/** A statement to read, and beside it what it rests on. */
export function StatementView({ statement, evidence }: { statement: Statement; evidence: Schemas["Evidence"] | undefined }) {
  const { texts } = useTexts();
  const t = texts.generate.policy;
  const allows = statement.Effect === "Allow";
  const conditions = Object.entries(statement.Condition ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => `${operator}: ${key} = ${listOf(values).join(", ")}`),
  );
  const parts: { name: string; negated?: string; values: readonly string[] }[] = [
    { name: allows ? t.allow : t.deny, values: listOf(statement.Action) },
    { name: allows ? t.allow : t.deny, negated: "NotAction", values: listOf(statement.NotAction) },
    { name: t.on, values: listOf(statement.Resource) },
    { name: t.on, negated: "NotResource", values: listOf(statement.NotResource) },
    { name: t.when, values: conditions },
  ];
  return (
    <div className="statement">
      <div>
        <Box variant="h4">
          <OutsideText>{statement.Sid ?? "—"}</OutsideText>
        </Box>
        {parts
          .filter(({ values }) => values.length > 0)
          .map(({ name, negated, values }, index) => (
            <div key={`${name} ${negated}`} className="statement-part">
              <div>
                {index === 0 ? <Badge color={allows ? "blue" : "severity-high"}>{name}</Badge> : <Box color="text-body-secondary">{name}</Box>}
                {negated && <Box variant="small">{negated}</Box>}
              </div>
              <Names values={values} />
            </div>
          ))}
      </div>
      {evidence && <EvidenceView evidence={evidence} />}
    </div>
  );
}

function Names({ values }: { values: readonly string[] }) {
  const { texts, format } = useTexts();
  const [all, setAll] = useState(false);
  const shown = all ? values : values.slice(0, FEW);
  return (
    <ul className="statement-names">
      {shown.map((value) => (
        <li key={value}>
          <OutsideText code>{value}</OutsideText>
        </li>
      ))}
      {shown.length < values.length && (
        <li>
          <Button variant="inline-link" onClick={() => setAll(true)}>
            {texts.generate.policy.showMore(format.number(values.length - shown.length))}
          </Button>
        </li>
      )}
    </ul>
  );
}
