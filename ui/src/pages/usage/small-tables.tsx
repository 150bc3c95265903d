import Badge from "@cloudscape-design/components/badge";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import type { Schemas } from "../../api/client";
import { useTexts } from "../../text/context";
import { EmptyState } from "../../ui/empty-state";
import { OutsideText } from "../../ui/outside-text";
import type { Window } from "./filters";
import { PrincipalName } from "./principal-name";

type Summary = Schemas["PrincipalSummary"];

/** Those who were refused, most first, and by which services. */
export function DeniedTable({ denied, window }: { denied: Summary[]; window: Window }) {
  const { texts, format } = useTexts();
  const t = texts.usage.deniedTable;
  return (
    <Table
      variant="container"
      wrapLines
      header={<Header counter={`(${format.number(denied.length)})`} description={t.description}>{t.title}</Header>}
      ariaLabels={{ tableLabel: t.title }}
      empty={<EmptyState title={t.empty} />}
      items={denied}
      columnDefinitions={[
        { id: "principal", header: t.principal, isRowHeader: true, minWidth: 180, cell: ({ principal, account }) => <PrincipalName short principal={principal} account={account} window={window} /> },
        { id: "account", header: t.account, cell: ({ account }) => account },
        { id: "refused", header: t.refused, cell: (summary) => format.number(summary.denied) },
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
  const { texts, format } = useTexts();
  const t = texts.usage.unknownTable;
  return (
    <Table
      variant="container"
      wrapLines
      header={<Header counter={`(${format.number(unknown.length)})`} description={t.description}>{t.title}</Header>}
      ariaLabels={{ tableLabel: t.title }}
      empty={<EmptyState title={t.empty} />}
      items={unknown}
      columnDefinitions={[
        { id: "name", header: t.name, isRowHeader: true, minWidth: 170, cell: ({ name }) => <OutsideText>{name}</OutsideText> },
        { id: "source", header: t.source, minWidth: 150, cell: ({ source }) => <OutsideText>{source}</OutsideText> },
        { id: "reason", header: t.reason, cell: ({ reason }) => reason },
        { id: "events", header: t.events, cell: ({ events }) => format.number(events) },
      ]}
    />
  );
}
