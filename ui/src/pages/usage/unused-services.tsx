import Header from "@cloudscape-design/components/header";
import Table from "@cloudscape-design/components/table";
import type { Schemas } from "../../api/client";
import { useTexts } from "../../text/context";
import { Day } from "../../ui/day";
import { EmptyState } from "../../ui/empty-state";
import { unusedServices } from "./unused";

const DAYS = 30;

/** What a principal used to use: permissions that it may not need any more. */
export function UnusedServices({ summaries }: { summaries: readonly Schemas["PrincipalSummary"][] }) {
  const { texts, format } = useTexts();
  const t = texts.usage.principal;
  const unused = unusedServices(summaries, DAYS);
  return (
    <Table
      variant="container"
      wrapLines
      header={<Header counter={`(${format.number(unused.length)})`} description={t.unusedServicesDescription(format.number(DAYS))}>{t.unusedServices}</Header>}
      ariaLabels={{ tableLabel: t.unusedServices }}
      empty={<EmptyState title={t.noUnusedServices} />}
      items={unused}
      columnDefinitions={[
        { id: "service", header: t.service, isRowHeader: true, cell: ({ service }) => service },
        { id: "calls", header: t.calls, cell: ({ calls }) => format.number(calls) },
        { id: "last", header: t.lastSeen, cell: ({ last_seen }) => <Day value={last_seen} /> },
      ]}
    />
  );
}
