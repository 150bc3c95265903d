import Autosuggest from "@cloudscape-design/components/autosuggest";
import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import { answer, api } from "../../api/client";
import { useRequest } from "../../api/use-request";
import { POLICY_TYPES } from "../../policy/document";
import { useTexts } from "../../text/context";
import { LANGUAGES, LANGUAGE_NAMES } from "../../text/languages";
import { ASKS, type ScoreOptions } from "./asked";

interface OptionsProps {
  options: ScoreOptions;
  onChange: (options: ScoreOptions) => void;
}

/** What can be said beside the policy. All of it may stay as it is. */
export default function Options({ options, onChange }: OptionsProps) {
  const { texts, format, language } = useTexts();
  const words = texts.score.options;
  const set = (changed: Partial<ScoreOptions>) => onChange({ ...options, ...changed });
  // Only to suggest; who may not read them writes the ARN.
  const principals = useRequest("principals", (signal) => answer(api.GET("/principals", { params: { query: { limit: 500 } }, signal })));
  const arns = [...new Set(principals.data?.principals.map(({ principal }) => principal).filter(isArn))];
  const principal = options.principal.trim();
  const scores = Array.from({ length: 10 }, (_, index) => format.number(index + 1));

  return (
    <div className="score-options">
      <Choice
        label={words.type}
        value={options.type}
        choices={[["", words.typeByPolicy], ...POLICY_TYPES.map((type): Pair => [type, texts.policy.types[type]])]}
        onChange={(type) => set({ type })}
      />
      <Choice
        label={words.minimum}
        hint={words.minimumHint}
        value={options.minimum === null ? "" : String(options.minimum)}
        choices={[["", words.noMinimum], ...scores.map((score, index): Pair => [String(index + 1), words.atLeast(score)])]}
        onChange={(minimum) => set({ minimum: minimum ? Number(minimum) : null })}
      />
      <FormField
        label={`${words.principal} (${texts.common.optional})`}
        constraintText={words.principalHint}
        errorText={principal && !isArn(principal) ? words.principalWrong : undefined}
        stretch
      >
        <Autosuggest
          expandToViewport
          value={options.principal}
          onChange={({ detail }) => set({ principal: detail.value })}
          options={arns.map((value) => ({ value }))}
          enteredTextLabel={(value) => value}
          placeholder="arn:aws:iam::111122223333:role/orders"
          statusType={principals.loading ? "loading" : "finished"}
          loadingText={texts.common.loading}
        />
      </FormField>
      <Choice
        label={words.ask}
        hint={words.askHint}
        value={options.ask}
        choices={ASKS.map((ask): Pair => [ask === "general" ? "" : ask, words.asks[ask]])}
        onChange={(ask) => set({ ask })}
      />
      <Choice
        label={words.language}
        value={options.language}
        choices={[["", words.languageOfPortal(LANGUAGE_NAMES[language])], ...LANGUAGES.map((id): Pair => [id, LANGUAGE_NAMES[id]])]}
        onChange={(chosen) => set({ language: chosen })}
      />
    </div>
  );
}

type Pair = [value: string, label: string];

function Choice({ label, hint, value, choices, onChange }: { label: string; hint?: string; value: string; choices: Pair[]; onChange: (value: string) => void }) {
  const options = choices.map(([id, text]) => ({ value: id, label: text }));
  return (
    <FormField label={label} constraintText={hint} stretch>
      <Select
        expandToViewport
        selectedOption={options.find((each) => each.value === value) ?? options[0] ?? null}
        options={options}
        onChange={({ detail }) => onChange(detail.selectedOption.value ?? "")}
      />
    </FormField>
  );
}

function isArn(text: string): boolean {
  return text.startsWith("arn:");
}
