import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMemo } from "react";
import type { Schemas } from "../../api/client";
import { useTexts } from "../../text/context";
import { CopyButton } from "../../ui/copy-button";
import { KindNames } from "./principal-name";
import { ResourcesTable } from "./resources-table";
import { OUTCOMES, callsPerDay, shortName, usageRows } from "./rows";
import { StackedDays } from "./stacked-days";
import { UnusedServices } from "./unused-services";
import { UsedOverTime } from "./used-over-time";

/** What one principal used: when, which services, which resources; and what it was refused. */
export function PrincipalUse({ data, service }: { data: Schemas["PrincipalUsage"]; service: string }) {
  const { texts } = useTexts();
  const t = texts.usage.principal;
  const rows = useMemo(() => usageRows(data), [data]);
  const refused = useMemo(() => rows.filter(({ outcome }) => outcome === "denied"), [rows]);
  const days = useMemo(() => callsPerDay(rows), [rows]);
  const severalAccounts = data.summaries.length > 1;
  const initialText = service ? `${service}:` : "";
  const name = shortName(data.summaries[0]?.principal ?? "").replace(/[^\w.-]+/g, "-");
  return (
    <SpaceBetween size="l">
      <Overview summaries={data.summaries} />
      <Container header={<Header>{t.timeline}</Header>}>
        <StackedDays days={days} outcomes={OUTCOMES} />
      </Container>
      <UsedOverTime rows={rows} />
      <ResourcesTable
        title={t.resources}
        description={t.resourcesDescription}
        rows={rows}
        empty={t.noRows}
        initialText={initialText}
        severalAccounts={severalAccounts}
        fileName={`leastwise-${name}.csv`}
      />
      <ResourcesTable
        title={t.refused}
        description={t.refusedDescription}
        rows={refused}
        empty={t.noRefused}
        oneOutcome
        severalAccounts={severalAccounts}
        fileName={`leastwise-${name}-refused.csv`}
      />
      <UnusedServices summaries={data.summaries} />
    </SpaceBetween>
  );
}

function Overview({ summaries }: { summaries: readonly Schemas["PrincipalSummary"][] }) {
  const { texts, format } = useTexts();
  const t = texts.usage;
  return (
    <Container
      header={<Header actions={summaries[0] && <CopyButton text={summaries[0].principal} label={t.principal.title} />}>{t.principal.overview}</Header>}
    >
      <SpaceBetween size="l">
        {summaries.map((summary) => (
          <KeyValuePairs
            key={summary.account}
            columns={4}
            items={[
              { label: t.principal.kind, value: <KindNames kinds={summary.kinds} /> },
              { label: t.principal.account, value: summary.account },
              { label: t.principal.firstSeen, value: summary.first_seen ? format.time(summary.first_seen) : "—" },
              { label: t.principal.lastSeen, value: summary.last_seen ? format.time(summary.last_seen) : "—" },
              { label: t.events, value: format.number(summary.events) },
              { label: t.allowed, value: format.number(summary.allowed) },
              { label: t.failed, value: format.number(summary.failed) },
              { label: t.denied, value: format.number(summary.denied) },
            ]}
          />
        ))}
      </SpaceBetween>
    </Container>
  );
}
