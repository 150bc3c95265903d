import Box from "@cloudscape-design/components/box";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { CodeView } from "../../../../policy/code-view";
import { useTexts } from "../../../../text/context";
import { toCloudFormation } from "./cloudformation";
import { Commands } from "./commands";
import type { TakeProps } from "./index";
import { toSarif } from "./sarif";
import { toTerraform } from "./terraform";

type FormatName = "json" | "terraform" | "cloudFormationYaml" | "cloudFormationJson" | "commands" | "sarif";

export default function Formats({ version, original, answer }: TakeProps) {
  const { texts } = useTexts();
  const words = texts.score.take;
  const names: FormatName[] = version ? ["json", "terraform", "cloudFormationYaml", "cloudFormationJson", "commands", "sarif"] : ["sarif"];
  const [chosen, setChosen] = useState<FormatName>("json");
  const format = names.includes(chosen) ? chosen : "sarif";
  return (
    <SpaceBetween size="m">
      <SegmentedControl
        label={words.format}
        selectedId={format}
        onChange={({ detail }) => setChosen(detail.selectedId as FormatName)}
        options={names.map((id) => ({ id, text: words[id] }))}
      />
      {format === "sarif" && (
        <>
          <Box color="text-body-secondary">{words.sarifHint}</Box>
          <CodeView text={toSarif(answer.findings, "policy.json")} label={words.sarif} fileName="policy.sarif" mediaType="application/sarif+json" />
        </>
      )}
      {version && format === "json" && <CodeView text={version.text} label={words.json} fileName="better.json" />}
      {version && format === "terraform" && <Written text={toTerraform(version.policy, answer.type)} label={words.terraform} fileName="better.tf" />}
      {version && format === "cloudFormationYaml" && (
        <Written text={toCloudFormation(version.policy, answer.type, "yaml")} label={words.cloudFormationYaml} fileName="better.yaml" />
      )}
      {version && format === "cloudFormationJson" && (
        <Written text={toCloudFormation(version.policy, answer.type, "json")} label={words.cloudFormationJson} fileName="better.template.json" language="json" />
      )}
      {version && format === "commands" && <Commands version={version} original={original} better={answer.better} />}
    </SpaceBetween>
  );
}

function Written({ text, label, fileName, language = "text" }: { text: string | undefined; label: string; fileName: string; language?: "json" | "text" }) {
  const { texts } = useTexts();
  if (text === undefined) return <Box color="text-body-secondary">{texts.score.take.noResource}</Box>;
  const mediaType = language === "json" ? "application/json" : "text/plain";
  return <CodeView text={text} label={label} fileName={fileName} language={language} mediaType={mediaType} />;
}
