import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import { useCallback, useMemo, useState } from "react";
import type { Schemas } from "../../api/client";
import { useTexts } from "../../text/context";
import { visible } from "../../ui/visible";
import { principalAddress } from "./addresses";
import type { Window } from "./filters";
import { HeatMap, type NamedHeatRow } from "./heat-map";
import { PrincipalName } from "./principal-name";

const FEW = 12;

/** Principals by services, those with the most calls first. */
export function WhoUsesWhat({ stats: { top_principals, services }, window }: { stats: Schemas["Stats"]; window: Window }) {
  const { texts, format } = useTexts();
  const t = texts.usage.heat;
  const [all, setAll] = useState(false);
  const shown = all ? top_principals : top_principals.slice(0, FEW);
  const { start, end } = window;
  const rows = useMemo(
    () =>
      shown.map(({ principal, account, services: used }): NamedHeatRow => ({
        key: keyOf(principal, account),
        name: visible(principal) || texts.usage.noName,
        header: <PrincipalName short principal={principal} account={account} window={{ start, end }} />,
        cells: new Map(used.map(({ service, calls, denied }) => [service, { calls, denied }])),
      })),
    [shown, texts, start, end],
  );
  const columns = useMemo(() => {
    const used = new Set(shown.flatMap((each) => each.services.map(({ service }) => service)));
    return services.filter(({ service }) => used.has(service)).map(({ service }) => ({ key: service, name: service }));
  }, [shown, services]);
  const addressOf = useCallback(
    (row: string, service: string) => {
      const at = top_principals.find(({ principal, account }) => keyOf(principal, account) === row);
      return at?.principal ? principalAddress(at.principal, at.account, { start, end, service }) : undefined;
    },
    [top_principals, start, end],
  );
  return (
    <Container
      header={
        <Header
          description={t.description}
          actions={
            top_principals.length > FEW && (
              <Button onClick={() => setAll(!all)} ariaExpanded={all}>
                {all ? texts.common.showFewer : texts.common.showAll(format.number(top_principals.length))}
              </Button>
            )
          }
        >
          {t.title}
        </Header>
      }
    >
      <HeatMap caption={t.title} rows={rows} columns={columns} addressOf={addressOf} />
    </Container>
  );
}

function keyOf(principal: string, account: string): string {
  return `${account}/${principal}`;
}
