import Badge from "@cloudscape-design/components/badge";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { Schemas } from "../../api/client";
import { useTexts } from "../../text/context";
import { EmptyState } from "../../ui/empty-state";
import { RowsTable } from "../../ui/rows-table";
import { UnknownEvents } from "../../ui/unknown-events";
import type { Window } from "./filters";
import { PrincipalName } from "./principal-name";

type Summary = Schemas["PrincipalSummary"];

/** Those who were refused, most first, and by which services. */
export function DeniedTable({ denied, window }: { denied: Summary[]; window: Window }) {
  const { texts, format } = useTexts();
  const t = texts.usage.deniedTable;
  return (
    <RowsTable
      title={t.title}
      description={t.description}
      empty={<EmptyState title={t.empty} />}
      rows={denied}
      most="denied"
      columns={[
        { id: "principal", header: t.principal, isRowHeader: true, sortingField: "principal", minWidth: 180, cell: ({ principal, account }) => <PrincipalName short principal={principal} account={account} window={window} /> },
        { id: "account", header: t.account, sortingField: "account", cell: ({ account }) => account },
        { id: "refused", header: t.refused, sortingField: "denied", cell: (summary) => format.number(summary.denied) },
        {
          id: "services",
          header: t.services,
          cell: ({ services }) => (
            <SpaceBetween direction="horizontal" size="xxs">
              {services
                .filter((service) => service.denied > 0)
                .map((service) => (
                  <Badge key={service.service}>
                    {service.service} {format.number(service.denied)}
                  </Badge>
                ))}
            </SpaceBetween>
          ),
        },
      ]}
    />
  );
}

/** Events that no permission could be told for. */
export function UnknownTable({ unknown }: { unknown: Schemas["UnknownEvent"][] }) {
  const { texts } = useTexts();
  const t = texts.usage.unknownTable;
  return <UnknownEvents unknown={unknown} title={t.title} description={t.description} empty={<EmptyState title={t.empty} />} />;
}
