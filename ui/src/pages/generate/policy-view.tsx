import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Pagination from "@cloudscape-design/components/pagination";
import ProgressBar from "@cloudscape-design/components/progress-bar";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useNavigate } from "react-router";
import type { Schemas } from "../../api/client";
import { leaveDraft } from "../../drafts/use-draft";
import { CodeView } from "../../policy/code-view";
import { EXPORT_FORMATS, type ExportFormat, exportPolicy, toJson } from "../../policy/export";
import { useTexts } from "../../text/context";
import { StatementView } from "./statement-view";
import { statementsOf } from "./shapes";

const PAGE = 8;

/** One policy: how full it is, its statements with their evidence, and its text to take along. */
export function PolicyView({ policy, quota }: { policy: Schemas["NamedPolicy"]; quota: number }) {
  const { texts, format } = useTexts();
  const t = texts.generate.policy;
  const navigate = useNavigate();
  const [page, setPage] = useState(1);
  const [chosen, setChosen] = useState<ExportFormat>("json");
  const statements = statementsOf(policy.document);
  const pages = Math.ceil(statements.length / PAGE);
  const exported = exportPolicy(chosen, policy.name, policy.document);
  const size = t.size(format.number(policy.size), format.number(quota));

  function hand(draft: string, address: string) {
    leaveDraft(draft, toJson(policy.document));
    void navigate(address);
  }

  return (
    <SpaceBetween size="l">
      <ProgressBar
        label={t.sizeLabel}
        value={Math.min(100, (policy.size / quota) * 100)}
        status={policy.size > quota ? "error" : "in-progress"}
        resultText={size}
        additionalInfo={size}
      />
      <div>
        <Box variant="h3">
          {t.statements} ({format.number(statements.length)})
        </Box>
        {statements.slice((page - 1) * PAGE, page * PAGE).map((statement, index) => {
          const place = (page - 1) * PAGE + index;
          return <StatementView key={place} statement={statement} evidence={policy.evidence[place]} />;
        })}
        {pages > 1 && (
          <Pagination currentPageIndex={page} pagesCount={pages} ariaLabels={{ paginationLabel: t.page }} onChange={({ detail }) => setPage(detail.currentPageIndex)} />
        )}
      </div>
      <div>
        <Box variant="h3" padding={{ bottom: "xs" }}>
          {t.document}
        </Box>
        <SpaceBetween size="s">
          <SpaceBetween direction="horizontal" size="s">
            <SegmentedControl
              label={t.format}
              selectedId={chosen}
              options={EXPORT_FORMATS.map((id) => ({ id, text: t.formats[id] }))}
              onChange={({ detail }) => setChosen(EXPORT_FORMATS.find((id) => id === detail.selectedId) ?? "json")}
            />
            <Button onClick={() => hand("score.policy", "/")}>{t.score}</Button>
            <Button onClick={() => hand("compare.new", "/compare")}>{t.compare}</Button>
          </SpaceBetween>
          <CodeView {...exported} label={`${policy.name}, ${t.formats[chosen]}`} />
        </SpaceBetween>
      </div>
    </SpaceBetween>
  );
}
