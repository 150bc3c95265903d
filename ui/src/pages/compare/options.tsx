import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import Button from "@cloudscape-design/components/button";
import Checkbox from "@cloudscape-design/components/checkbox";
import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { POLICY_TYPES } from "../../policy/document";
import { useTexts } from "../../text/context";
import { type Pair, SAMPLES } from "./samples";

interface OptionsProps {
  type: string;
  setType: (type: string) => void;
  serviceAware: boolean;
  setServiceAware: (serviceAware: boolean) => void;
  swap: () => void;
  start: (pair: Pair) => void;
}

/** What kind of policies they are, and what counts as a difference. */
export function Options({ type, setType, serviceAware, setServiceAware, swap, start }: OptionsProps) {
  const { texts } = useTexts();
  const words = texts.compare;
  const types = [
    { value: "auto", label: words.typeByPolicies },
    ...POLICY_TYPES.map((value) => ({ value, label: texts.policy.types[value] })),
  ];
  const samples = (Object.keys(SAMPLES) as (keyof typeof SAMPLES)[]).map((id) => ({ id, text: words.sampleNames[id] }));
  return (
    <SpaceBetween direction="horizontal" size="l" alignItems="end">
      <FormField label={words.type}>
        <Select
          options={types}
          selectedOption={types.find(({ value }) => value === type) ?? types[0] ?? null}
          onChange={({ detail }) => setType(detail.selectedOption.value ?? "auto")}
        />
      </FormField>
      <Checkbox
        checked={serviceAware}
        onChange={({ detail }) => setServiceAware(detail.checked)}
        description={words.serviceAwareHint}
      >
        {words.serviceAware}
      </Checkbox>
      <SpaceBetween direction="horizontal" size="xs">
        <Button onClick={swap}>{words.swap}</Button>
        <ButtonDropdown items={samples} onItemClick={({ detail }) => start(SAMPLES[detail.id as keyof typeof SAMPLES])}>
          {words.samples}
        </ButtonDropdown>
      </SpaceBetween>
    </SpaceBetween>
  );
}
