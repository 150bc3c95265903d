import Alert from "@cloudscape-design/components/alert";
import BreadcrumbGroup from "@cloudscape-design/components/breadcrumb-group";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useRef } from "react";
import { useNavigate, useSearchParams } from "react-router";
import { answer, api, isSegment } from "../../api/client";
import { ProblemView } from "../../api/problem-view";
import { useRequest } from "../../api/use-request";
import { useTexts } from "../../text/context";
import { EmptyState } from "../../ui/empty-state";
import { Page } from "../../ui/page";
import { visible } from "../../ui/visible";
import { generateAddress } from "./addresses";
import { readFilters } from "./filters";
import { PageSkeleton } from "./page-skeleton";
import { PrincipalDrift } from "./principal-drift";
import { PrincipalUse } from "./principal-use";
import { PrincipalWindow } from "./principal-window";
import { shortName } from "./rows";

export default function PrincipalPage() {
  const { texts } = useTexts();
  const t = texts.usage.principal;
  const navigate = useNavigate();
  const [query] = useSearchParams();
  const drift = useRef<HTMLDivElement>(null);
  const asked = query.get("arn") ?? "";
  // What cannot be asked for names nobody.
  const arn = isSegment(asked) ? asked : "";
  const { account, start, end } = readFilters(query);
  const window = { start, end };
  const { data, error, loading, reload } = useRequest(arn ? `principal ${account} ${start} ${end} ${arn}` : null, (signal) =>
    answer(api.GET("/principals/{arn}", { params: { path: { arn }, query: { account, start, end } }, signal })),
  );

  function showDrift() {
    drift.current?.scrollIntoView({ block: "start" });
    drift.current?.focus({ preventScroll: true });
  }

  return (
    <Page
      title={arn ? visible(shortName(arn)) : t.title}
      description={arn ? visible(arn) : t.description}
      breadcrumbs={
        <BreadcrumbGroup
          ariaLabel={t.breadcrumbs}
          items={[
            { text: texts.usage.title, href: "/usage" },
            { text: arn ? visible(shortName(arn)) : t.title, href: "#" },
          ]}
          onFollow={(event) => {
            event.preventDefault();
            if (event.detail.href !== "#") void navigate(event.detail.href);
          }}
        />
      }
      actions={
        arn && (
          <SpaceBetween direction="horizontal" size="xs">
            <Button onClick={showDrift}>{t.drift}</Button>
            <Button variant="primary" onClick={() => void navigate(generateAddress(arn, account, window))}>
              {t.generate}
            </Button>
          </SpaceBetween>
        )
      }
    >
      {!arn && (
        <Container>
          <EmptyState title={t.missing}>
            <SpaceBetween size="s">
              {t.missingHint}
              <Button onClick={() => void navigate("/usage")}>{t.toUsage}</Button>
            </SpaceBetween>
          </EmptyState>
        </Container>
      )}
      {arn && <PrincipalWindow />}
      <ProblemView error={error} retry={reload} />
      {loading && <PageSkeleton />}
      {data && data.more_usage > 0 && <MoreRows rows={data.more_usage} />}
      {data && <PrincipalUse key={`${account} ${arn} ${query.get("service")}`} data={data} service={query.get("service") ?? ""} />}
      {data && (
        <div ref={drift} tabIndex={-1} className="principal-drift">
          <PrincipalDrift key={`${account} ${arn}`} principal={arn} account={account} window={window} />
        </div>
      )}
    </Page>
  );
}

function MoreRows({ rows }: { rows: number }) {
  const { texts, format } = useTexts();
  return <Alert type="info">{texts.usage.principal.more(format.number(rows))}</Alert>;
}
