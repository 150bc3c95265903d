import Container from "@cloudscape-design/components/container";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import { useSearchParams } from "react-router";
import { answer, api } from "../../api/client";
import { ProblemView } from "../../api/problem-view";
import { useRequest } from "../../api/use-request";
import { Loading } from "../../shell/loading";
import { useTexts } from "../../text/context";
import { EmptyState } from "../../ui/empty-state";
import { Page } from "../../ui/page";

export default function PrincipalPage() {
  const { texts, format } = useTexts();
  const [query] = useSearchParams();
  const arn = query.get("arn") ?? "";
  const account = query.get("account") ?? undefined;
  const { data, error, loading, reload } = useRequest(arn ? `principal ${account} ${arn}` : null, (signal) =>
    answer(api.GET("/principals/{arn}", { params: { path: { arn }, query: { account } }, signal })),
  );

  return (
    <Page title={arn || texts.usage.principal.title} description={texts.usage.principal.description}>
      {!arn && <EmptyState title={texts.usage.principal.missing}>{texts.usage.principal.missingHint}</EmptyState>}
      {loading && <Loading />}
      <ProblemView error={error} retry={reload} />
      {data?.summaries.map((summary) => (
        <Container key={summary.account}>
          <KeyValuePairs
            columns={4}
            items={[
              { label: texts.usage.principal.account, value: summary.account },
              { label: texts.usage.events, value: format.number(summary.events) },
              { label: texts.usage.denied, value: format.number(summary.denied) },
              { label: texts.usage.principal.lastSeen, value: summary.last_seen ? format.time(summary.last_seen) : "—" },
            ]}
          />
        </Container>
      ))}
    </Page>
  );
}
