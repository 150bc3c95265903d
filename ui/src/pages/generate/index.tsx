import Alert from "@cloudscape-design/components/alert";
import Container from "@cloudscape-design/components/container";
import LiveRegion from "@cloudscape-design/components/live-region";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useEffect, useRef, useState } from "react";
import { answer, api } from "../../api/client";
import { ProblemView } from "../../api/problem-view";
import { useAction } from "../../api/use-request";
import { isText } from "../../drafts/shapes";
import { useDraft } from "../../drafts/use-draft";
import { useTexts } from "../../text/context";
import { EmptyState } from "../../ui/empty-state";
import { Page } from "../../ui/page";
import { type Options, toRequest, writeOptions } from "./options";
import { Others } from "./others";
import { Overview } from "./overview";
import { PrincipalResult } from "./principal-result";
import { RequestForm } from "./request-form";
import { type Answer, toAnswer } from "./shapes";
import { useOptions } from "./use-options";

interface Asked {
  options: Options;
  attached: string;
}

export default function GeneratePage() {
  const { texts } = useTexts();
  const t = texts.generate;
  const [options, setOptions] = useOptions();
  const [attached, setAttached] = useDraft("generate.attached", "", isText);
  const generate = useAction(async (asked: Asked, signal) => ({
    asked,
    answer: toAnswer(await answer(api.POST("/generate", { body: toRequest(asked.options, asked.attached), signal }))),
  }));
  const run = () => generate.run({ options, attached });
  const { data } = generate;
  const changed = data && !generate.loading && (`${writeOptions(options)}` !== `${writeOptions(data.asked.options)}` || attached !== data.asked.attached);

  return (
    <Page title={t.title} description={t.description}>
      <RequestForm options={options} onChange={setOptions} attached={attached} onAttached={setAttached} working={generate.loading} run={run} cancel={generate.cancel} />
      <ProblemView error={generate.error} retry={run} />
      {!data && !generate.error && !generate.loading && (
        <Container>
          <EmptyState title={t.empty}>{t.emptyHint}</EmptyState>
        </Container>
      )}
      {changed && <Alert type="info">{t.changed}</Alert>}
      {data && <Result key={data.asked.options.principal} answer={data.answer} asked={data.asked} />}
    </Page>
  );
}

function Result({ answer: found, asked }: { answer: Answer; asked: Asked }) {
  const { texts, format } = useTexts();
  const t = texts.generate;
  const [selected, setSelected] = useState("");
  const start = useRef<HTMLDivElement>(null);
  const { principals } = found;
  const shown = principals.find(({ principal }) => principal === selected) ?? principals[0];
  // The answer stands below the form, out of sight on most screens.
  useEffect(() => {
    start.current?.scrollIntoView({ block: "start" });
  }, [found]);
  return (
    <div ref={start} className="generate-result">
      <SpaceBetween size="l">
        <Alert type={shown ? "success" : "info"} header={shown ? undefined : t.noPolicies}>
          <LiveRegion tagName="span">
            {shown ? format.plural(principals.length, { one: t.doneOne, other: t.done(format.number(principals.length)) }) : t.noPoliciesHint}
          </LiveRegion>
        </Alert>
        {principals.length > 1 && <Overview principals={principals} selected={shown?.principal ?? ""} onSelect={setSelected} />}
        {shown && <PrincipalResult key={shown.principal} generated={shown} options={asked.options} />}
        <Others answer={found} />
      </SpaceBetween>
    </div>
  );
}
