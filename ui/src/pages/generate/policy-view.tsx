import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Pagination from "@cloudscape-design/components/pagination";
import ProgressBar from "@cloudscape-design/components/progress-bar";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useNavigate } from "react-router";
import type { Schemas } from "../../api/client";
import { leaveDraft } from "../../drafts/use-draft";
import { statementsOf, toJson } from "../../policy/document";
import { FormatChoice } from "../../policy/write/format-choice";
import { FORMATS, type Format } from "../../policy/write/formats";
import { WrittenView } from "../../policy/write/written-view";
import { useTexts } from "../../text/context";
import { StatementView } from "./statement-view";
import type { Statement } from "./shapes";

const PAGE = 8;
// What `/generate` writes.
const TYPE = "identity";

/** One policy: how full it is, its statements with their evidence, and its text to take along. */
export function PolicyView({ policy, quota }: { policy: Schemas["NamedPolicy"]; quota: number }) {
  const { texts, format } = useTexts();
  const t = texts.generate.policy;
  const navigate = useNavigate();
  const [page, setPage] = useState(1);
  const [chosen, setChosen] = useState<Format>("json");
  const statements = statementsOf(policy.document) as Statement[];
  const pages = Math.ceil(statements.length / PAGE);
  const size = t.size(format.number(policy.size), format.number(quota));

  function score() {
    leaveDraft("score.policy", toJson(policy.document));
    void navigate("/");
  }
  function compare() {
    leaveDraft("compare.new", toJson(policy.document));
    leaveDraft("compare.type", TYPE);
    void navigate("/compare");
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
            <FormatChoice formats={FORMATS.map((id) => ({ id, text: texts.policy.formats[id] }))} chosen={chosen} onChoose={setChosen} />
            <Button onClick={score}>{t.score}</Button>
            <Button onClick={compare}>{t.compare}</Button>
          </SpaceBetween>
          <WrittenView
            format={chosen}
            named={{ name: policy.name, type: TYPE, policy: policy.document }}
            file={policy.name}
            label={`${policy.name}, ${texts.policy.formats[chosen]}`}
          />
        </SpaceBetween>
      </div>
    </SpaceBetween>
  );
}
