import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import Pagination from "@cloudscape-design/components/pagination";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { useState } from "react";
import { type Schemas, answer, api } from "../../api/client";
import { ProblemView } from "../../api/problem-view";
import { useAction, useRequest } from "../../api/use-request";
import { useTexts } from "../../text/context";
import { Day } from "../../ui/day";
import { EmptyState } from "../../ui/empty-state";
import { saveText } from "../../ui/save-text";
import { toCsv } from "./csv";
import { type Filters, asGlob } from "./filters";
import { KindNames, PrincipalName } from "./principal-name";

type Summary = Schemas["PrincipalSummary"];

const PAGE = 25;
const LARGEST_PAGE = 500;

/** Everybody who was seen, a page at a time, and all of them as CSV. */
export function AllPrincipals({ filters }: { filters: Filters }) {
  // Other filters start at the first page again.
  return <Pages key={`${filters.account} ${filters.principal}`} filters={filters} />;
}

function Pages({ filters: { account, principal: text, start, end } }: { filters: Filters }) {
  const { texts, format } = useTexts();
  const t = texts.usage.all;
  const principal = asGlob(text);
  // Where each page starts: behind the last name of the page before it.
  const [starts, setStarts] = useState<(string | undefined)[]>([undefined]);
  const [page, setPage] = useState(1);
  const after = starts[page - 1];
  const { data, error, loading, reload } = useRequest(`principals ${account} ${principal} ${after}`, (signal) =>
    answer(api.GET("/principals", { params: { query: { account, principal, limit: PAGE, after } }, signal })),
  );
  const save = useAction(async (_: undefined, signal) => {
    const everybody = await all({ account, principal }, signal);
    saveText(csvOf(everybody, texts.usage), "leastwise-principals.csv", "text/csv");
    return everybody.length;
  });
  const next = data?.next ?? undefined;
  const pages = next ? page + 1 : page;

  return (
    <SpaceBetween size="s">
      {Boolean(save.error) && <ProblemView error={save.error} retry={() => save.run(undefined)} />}
      {Boolean(error) && <ProblemView error={error} retry={reload} />}
      <Table
        variant="container"
        wrapLines
        loading={loading}
        loadingText={texts.common.loading}
        ariaLabels={{ tableLabel: t.title }}
        header={
          <Header
            description={t.description}
            actions={
              <Button iconName="download" loading={save.loading} onClick={() => save.run(undefined)}>
                {texts.usage.exportCsv}
              </Button>
            }
          >
            {t.title}
          </Header>
        }
        pagination={
          <Pagination
            currentPageIndex={page}
            pagesCount={Math.max(pages, starts.length)}
            openEnd={Boolean(next)}
            disabled={loading}
            ariaLabels={{ paginationLabel: t.pages }}
            onChange={({ detail }) => {
              const wanted = detail.currentPageIndex;
              if (wanted > starts.length) {
                if (!next || wanted > starts.length + 1) return;
                setStarts([...starts, next]);
              }
              setPage(wanted);
            }}
          />
        }
        empty={<EmptyState title={text ? t.noMatch : t.empty} />}
        items={data?.principals ?? []}
        columnDefinitions={[
          { id: "principal", header: t.name, isRowHeader: true, minWidth: 220, cell: (each) => <PrincipalName principal={each.principal} account={each.account} window={{ start, end }} /> },
          { id: "kind", header: t.kind, minWidth: 110, cell: ({ kinds }) => <KindNames kinds={kinds} /> },
          { id: "account", header: t.account, cell: (each) => each.account },
          { id: "events", header: t.events, cell: ({ events }) => format.number(events) },
          { id: "denied", header: t.denied, cell: ({ denied }) => format.number(denied) },
          { id: "services", header: t.services, cell: ({ services }) => format.number(services.length) },
          { id: "last", header: t.lastSeen, minWidth: 120, cell: ({ last_seen }) => <Day value={last_seen} /> },
        ]}
      />
    </SpaceBetween>
  );
}

async function all(query: { account?: string; principal?: string }, signal: AbortSignal): Promise<Summary[]> {
  const everybody: Summary[] = [];
  let after: string | undefined;
  do {
    const page = await answer(api.GET("/principals", { params: { query: { ...query, limit: LARGEST_PAGE, after } }, signal }));
    everybody.push(...page.principals);
    after = page.next ?? undefined;
  } while (after !== undefined);
  return everybody;
}

function csvOf(everybody: readonly Summary[], texts: { all: Record<"name" | "kind" | "account" | "events" | "denied" | "services" | "firstSeen" | "lastSeen", string>; allowed: string; failed: string }): string {
  const t = texts.all;
  return toCsv(
    [t.name, t.account, t.kind, t.events, texts.allowed, texts.failed, t.denied, t.services, t.firstSeen, t.lastSeen],
    everybody.map(({ principal, account, kinds, events, allowed, failed, denied, services, first_seen, last_seen }) => [
      principal,
      account,
      kinds.join(" "),
      events,
      allowed,
      failed,
      denied,
      services.map(({ service }) => service).join(" "),
      first_seen,
      last_seen,
    ]),
  );
}
