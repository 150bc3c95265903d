import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Grid from "@cloudscape-design/components/grid";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useState } from "react";
import { type Schemas, answer, api } from "../../api/client";
import { ProblemView } from "../../api/problem-view";
import { useRequest } from "../../api/use-request";
import { useTexts } from "../../text/context";
import { EmptyState } from "../../ui/empty-state";
import { Page } from "../../ui/page";
import { AllPrincipals } from "./all-principals";
import { BarList } from "./bar-list";
import { FilterBar } from "./filter-bar";
import { type Filters, asGlob, daysAgo } from "./filters";
import { KeyNumbers } from "./key-numbers";
import { NothingMatches, NothingYet } from "./nothing-yet";
import { EVENT_OUTCOMES } from "./outcomes";
import { PrincipalName } from "./principal-name";
import { PageSkeleton } from "./page-skeleton";
import { DeniedTable, UnknownTable } from "./small-tables";
import { StackedDays } from "./stacked-days";
import { UnusedTable } from "./unused-table";
import { useFilters } from "./use-filters";
import { WhoUsesWhat } from "./who-uses-what";

const UNUSED_DAYS = 90;
const IN_A_LIST = 8;

export default function UsagePage() {
  const { texts } = useTexts();
  const t = texts.usage;
  const [filters, setFilters] = useFilters();
  const { account, start, end } = filters;
  const principal = asGlob(filters.principal);
  const unusedSince = filters.unused_since ?? daysAgo(UNUSED_DAYS, new Date());
  const query = { account, principal, start, end, unused_since: unusedSince };
  const backwards = Boolean(start && end && start > end);
  const { data, error, loading, reload } = useRequest(backwards ? null : `stats ${JSON.stringify(query)}`, (signal) =>
    answer(api.GET("/stats", { params: { query }, signal })),
  );
  // What was shown stays while the next numbers come: nothing jumps while one filters.
  const [shown, setShown] = useState<Schemas["Stats"]>();
  if (data && data !== shown) setShown(data);
  // Those of other days are not those that were asked for.
  const stats = error || backwards ? undefined : (data ?? shown);
  const accounts = useAccounts(stats);
  const filtered = Boolean(account || principal || start || end);
  const nothing = stats?.totals.events === 0 && stats.principals === 0;

  return (
    <Page
      title={t.title}
      description={t.description}
      actions={
        <SpaceBetween direction="horizontal" size="m" alignItems="center">
          {stats?.up_to_date && !loading && <StatusIndicator type="success">{t.upToDate}</StatusIndicator>}
          {loading && <StatusIndicator type="loading">{texts.common.loading}</StatusIndicator>}
          <Button iconName="refresh" onClick={reload}>
            {t.refresh}
          </Button>
        </SpaceBetween>
      }
    >
      {!(nothing && !filtered) && <FilterBar filters={filters} onChange={setFilters} accounts={accounts} unusedSince={unusedSince} />}
      <ProblemView error={error} retry={reload} />
      {!stats && loading && <PageSkeleton />}
      {backwards && (
        <Container>
          <EmptyState title={t.filters.endBeforeStart}>{t.filters.backwardsHint}</EmptyState>
        </Container>
      )}
      {stats && !stats.up_to_date && (
        <Alert type="info" header={t.behind} action={<Button onClick={reload}>{t.refresh}</Button>}>
          {t.behindHint}
        </Alert>
      )}
      {nothing && (filtered ? <NothingMatches reset={() => setFilters({})} /> : <NothingYet />)}
      {stats && !nothing && <Numbers stats={stats} filters={filters} unusedSince={unusedSince} />}
    </Page>
  );
}

function Numbers({ stats, filters, unusedSince }: { stats: Schemas["Stats"]; filters: Filters; unusedSince: string }) {
  const { texts, format } = useTexts();
  const t = texts.usage;
  const window = { start: filters.start, end: filters.end };
  const principals = stats.top_principals.slice(0, IN_A_LIST).map(({ principal, account, allowed, failed, denied }) => ({
    key: `${account}/${principal}`,
    name: <PrincipalName short principal={principal} account={account} window={window} />,
    note: stats.accounts.length > 1 ? account : undefined,
    text: counted(allowed + failed, denied),
    calls: allowed + failed,
    denied,
  }));
  const services = stats.services.slice(0, IN_A_LIST).map(({ service, calls, denied, principals: users }) => ({
    key: service,
    name: service,
    note: format.plural(users, { one: t.usedByOne, other: t.usedBy(format.number(users)) }),
    text: counted(calls, denied),
    calls,
    denied,
  }));
  function counted(calls: number, denied: number) {
    const parts = [format.plural(calls, { one: t.callCountOne, other: t.callCount(format.number(calls)) })];
    if (denied > 0) parts.push(format.plural(denied, { one: t.refusedCountOne, other: t.refusedCount(format.number(denied)) }));
    return parts.join(" · ");
  }
  const halves = [{ colspan: { default: 12, s: 6 } }, { colspan: { default: 12, s: 6 } }];
  const wideHalves = [{ colspan: { default: 12, l: 6 } }, { colspan: { default: 12, l: 6 } }];
  return (
    <SpaceBetween size="l">
      <Container header={<Header>{t.totals}</Header>}>
        <KeyNumbers stats={stats} />
      </Container>
      <Container header={<Header>{t.trend.title}</Header>}>
        <StackedDays days={stats.days} outcomes={EVENT_OUTCOMES} />
      </Container>
      <Grid gridDefinition={halves}>
        <Container fitHeight header={<Header>{t.mostActive}</Header>}>
          <BarList items={principals} label={t.mostActive} />
        </Container>
        <Container fitHeight header={<Header>{t.services}</Header>}>
          <BarList items={services} label={t.services} />
        </Container>
      </Grid>
      {stats.top_principals.length > 0 && <WhoUsesWhat stats={stats} window={window} />}
      <Grid gridDefinition={wideHalves}>
        <DeniedTable denied={stats.denied} window={window} />
        <UnknownTable unknown={stats.unknown} />
      </Grid>
      <UnusedTable unused={stats.unused} since={unusedSince} />
      <AllPrincipals filters={filters} />
    </SpaceBetween>
  );
}

/** Every account that was seen so far: with one chosen, the API names no other. */
function useAccounts(stats: Schemas["Stats"] | undefined): string[] {
  const [accounts, setAccounts] = useState<string[]>([]);
  const more = stats?.accounts.filter((account) => !accounts.includes(account)) ?? [];
  if (more.length > 0) setAccounts([...accounts, ...more].sort());
  return accounts;
}
