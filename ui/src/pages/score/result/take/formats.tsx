import Box from "@cloudscape-design/components/box";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { CodeView } from "../../../../policy/code-view";
import { FormatChoice } from "../../../../policy/write/format-choice";
import { FORMATS, type Format } from "../../../../policy/write/formats";
import { WrittenView } from "../../../../policy/write/written-view";
import { useTexts } from "../../../../text/context";
import { Commands } from "./commands";
import type { TakeProps } from "./index";
import { toSarif } from "./sarif";

type Choice = Format | "commands" | "sarif";

export default function Formats({ version, original, answer }: TakeProps) {
  const { texts } = useTexts();
  const words = texts.score.take;
  const [chosen, setChosen] = useState<Choice>("json");
  const names = { ...texts.policy.formats, commands: words.commands, sarif: words.sarif };
  const choices: Choice[] = version ? [...FORMATS, "commands", "sarif"] : ["sarif"];
  const choice = choices.includes(chosen) ? chosen : "sarif";
  return (
    <SpaceBetween size="m">
      <FormatChoice formats={choices.map((id) => ({ id, text: names[id] }))} chosen={choice} onChoose={setChosen} />
      {choice === "sarif" && (
        <>
          <Box color="text-body-secondary">{words.sarifHint}</Box>
          <CodeView text={toSarif(answer.findings, "policy.json")} label={words.sarif} fileName="policy.sarif" mediaType="application/sarif+json" />
        </>
      )}
      {version && choice === "commands" && <Commands version={version} original={original} better={answer.better} />}
      {version && choice !== "sarif" && choice !== "commands" && (
        <WrittenView format={choice} named={{ name: "leastwise-better", type: answer.type, policy: version.policy }} file="better" label={names[choice]} />
      )}
    </SpaceBetween>
  );
}
