import Badge from "@cloudscape-design/components/badge";
import Box from "@cloudscape-design/components/box";
import type { Schemas } from "../../api/client";
import { valuesOf } from "../../policy/document";
import { useTexts } from "../../text/context";
import { OutsideText } from "../../ui/outside-text";
import { ValueList } from "../../ui/value-list";
import { EvidenceView } from "./evidence-view";
import type { Statement } from "./shapes";
import "./generate.css";

/** A statement to read, and beside it what it rests on. */
export function StatementView({ statement, evidence }: { statement: Statement; evidence: Schemas["Evidence"] | undefined }) {
  const { texts } = useTexts();
  const t = texts.generate.policy;
  const allows = statement.Effect === "Allow";
  const conditions = Object.entries(statement.Condition ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => `${operator}: ${key} = ${valuesOf(values).join(", ")}`),
  );
  const parts: { name: string; negated?: string; values: readonly string[] }[] = [
    { name: allows ? t.allow : t.deny, values: valuesOf(statement.Action) },
    { name: allows ? t.allow : t.deny, negated: "NotAction", values: valuesOf(statement.NotAction) },
    { name: t.on, values: valuesOf(statement.Resource) },
    { name: t.on, negated: "NotResource", values: valuesOf(statement.NotResource) },
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
              <ValueList values={values} />
            </div>
          ))}
      </div>
      {evidence && <EvidenceView evidence={evidence} />}
    </div>
  );
}
