import Alert from "@cloudscape-design/components/alert";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import Link from "@cloudscape-design/components/link";
import { useNavigate } from "react-router";
import { answer, api } from "../../api/client";
import { ProblemView } from "../../api/problem-view";
import { useRequest } from "../../api/use-request";
import { Loading } from "../../shell/loading";
import { useTexts } from "../../text/context";
import { EmptyState } from "../../ui/empty-state";
import { Page } from "../../ui/page";
import { principalAddress } from "./addresses";

export default function UsagePage() {
  const { texts, format } = useTexts();
  const navigate = useNavigate();
  const { data: stats, error, loading, reload } = useRequest("stats", (signal) => answer(api.GET("/stats", { signal })));

  return (
    <Page title={texts.usage.title} description={texts.usage.description}>
      {loading && <Loading />}
      <ProblemView error={error} retry={reload} />
      {stats && !stats.up_to_date && <Alert type="info">{texts.usage.behind}</Alert>}
      {stats?.totals.events === 0 && <EmptyState title={texts.usage.empty}>{texts.usage.emptyHint}</EmptyState>}
      {stats && (
        <Container header={<Header>{texts.usage.totals}</Header>}>
          <KeyValuePairs
            columns={3}
            items={[
              { label: texts.usage.events, value: format.number(stats.totals.events) },
              { label: texts.usage.allowed, value: format.number(stats.totals.allowed) },
              { label: texts.usage.denied, value: format.number(stats.totals.denied) },
              { label: texts.usage.failed, value: format.number(stats.totals.failed) },
              { label: texts.usage.unknown, value: format.number(stats.totals.unknown) },
              { label: texts.usage.principals, value: format.number(stats.principals) },
            ]}
          />
        </Container>
      )}
      {stats && (
        <Container header={<Header>{texts.usage.mostActive}</Header>}>
          <KeyValuePairs
            items={stats.top_principals.map(({ principal, account, events }) => ({
              label: (
                <Link
                  href={principalAddress(principal, account)}
                  onFollow={(event) => {
                    event.preventDefault();
                    void navigate(principalAddress(principal, account));
                  }}
                >
                  {principal || "—"}
                </Link>
              ),
              value: format.number(events),
            }))}
          />
        </Container>
      )}
    </Page>
  );
}
