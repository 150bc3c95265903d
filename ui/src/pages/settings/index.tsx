import { useState } from "react";
import { type Schemas, answer, api } from "../../api/client";
import { ProblemView } from "../../api/problem-view";
import { useRequest } from "../../api/use-request";
import { Loading } from "../../shell/loading";
import { useTexts } from "../../text/context";
import { Page } from "../../ui/page";
import { Editing } from "./editing";

/** What holds for everybody who asks. */
export default function SettingsPage() {
  const { texts } = useTexts();
  const words = texts.settings;
  const { data, error, loading, reload } = useRequest("settings", (signal) => answer(api.GET("/settings", { signal })));
  const [saved, setSaved] = useState<Schemas["SettingsAnswer"]>();
  const kept = saved ?? data;
  if (kept && !loading) {
    return (
      <Editing
        kept={kept}
        onSaved={setSaved}
        onLoad={() => {
          setSaved(undefined);
          reload();
        }}
      />
    );
  }
  return (
    <Page title={words.title} description={words.description}>
      <ProblemView error={error} retry={reload} />
      {loading && <Loading />}
    </Page>
  );
}
