import Box from "@cloudscape-design/components/box";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import type { Schemas } from "../../api/client";
import { useTexts } from "../../text/context";
import { Day } from "../../ui/day";
import { LazySection } from "../../ui/lazy-section";
import { OutsideText } from "../../ui/outside-text";
import { Said } from "../../ui/said";
import { SampleEvents } from "../../ui/sample-events";
import type { ActionEvidence } from "./shapes";
import "./generate.css";

/** The calls that a statement rests on. */
export function EvidenceView({ evidence }: { evidence: Schemas["Evidence"] }) {
  const { texts, format } = useTexts();
  const t = texts.generate.evidence;
  const actions = Object.entries(evidence.actions as Record<string, ActionEvidence>).sort(([, left], [, right]) => right.calls - left.calls);
  const samples = (evidence.samples ?? []) as [string, string][];
  const facts = [
    { name: t.calls, value: format.number(evidence.calls) },
    { name: t.first, value: <Day value={evidence.first_seen} /> },
    { name: t.last, value: <Day value={evidence.last_seen} /> },
    { name: t.regions, value: evidence.regions?.join(", ") || "—" },
  ];
  if (evidence.calls === 0) return <Box color="text-body-secondary">{t.none}</Box>;
  return (
    <SpaceBetween size="xs">
      <dl className="evidence-facts">
        {facts.map(({ name, value }) => (
          <div key={name}>
            <Box variant="awsui-key-label" tagOverride="dt">
              {name}
            </Box>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {evidence.notes.map((note) => (
        <Box key={note} variant="small" color="text-body-secondary" display="block">
          <span lang="en" className="outside-text">
            <Said>{note}</Said>
          </span>
        </Box>
      ))}
      {actions.length > 1 && (
        <LazySection headerText={t.byAction} headerCounter={texts.generate.count(format.number(actions.length))} headingTagOverride="h5">
          <Table
            variant="embedded"
            wrapLines
            ariaLabels={{ tableLabel: `${t.byAction}: ${evidence.sid}` }}
            items={actions}
            columnDefinitions={[
              { id: "action", header: texts.generate.leftOut.action, isRowHeader: true, cell: ([action]) => <OutsideText>{action}</OutsideText> },
              { id: "calls", header: t.calls, cell: ([, { calls }]) => format.number(calls) },
              { id: "last", header: t.last, cell: ([, { last_seen }]) => <Day value={last_seen} /> },
            ]}
          />
        </LazySection>
      )}
      {samples.length > 0 && (
        <LazySection headerText={t.events} headerCounter={texts.generate.count(format.number(samples.length))} headingTagOverride="h5">
          <SampleEvents samples={samples} />
        </LazySection>
      )}
    </SpaceBetween>
  );
}
