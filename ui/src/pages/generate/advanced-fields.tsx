import Checkbox from "@cloudscape-design/components/checkbox";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useTexts } from "../../text/context";
import { ActionsField } from "../../ui/actions-field";
import { LEVELS, type Options, QUOTAS } from "./options";

interface AdvancedFieldsProps {
  options: Options;
  change: (part: Partial<Options>) => void;
}

/** What few need. */
export function AdvancedFields({ options, change }: AdvancedFieldsProps) {
  const { texts } = useTexts();
  const t = texts.generate;
  const levels = LEVELS.map((value) => ({ value, label: t.levels[value] }));
  const quotas = QUOTAS.map((value) => ({ value, label: t.quotas[value] }));
  const everyAction = options.level === "service";
  return (
    <SpaceBetween size="l">
      <ColumnLayout columns={2}>
        <FormField label={t.level} description={t.levelHint}>
          <Select
            selectedOption={levels.find(({ value }) => value === options.level) ?? null}
            options={levels}
            onChange={({ detail }) => change({ level: LEVELS.find((level) => level === detail.selectedOption.value) })}
          />
        </FormField>
        <FormField label={t.quota}>
          <Select
            selectedOption={quotas.find(({ value }) => value === options.quota) ?? null}
            options={quotas}
            onChange={({ detail }) => change({ quota: QUOTAS.find((quota) => quota === detail.selectedOption.value) })}
          />
        </FormField>
        <ActionsField label={t.exclude} description={t.excludeHint} actions={options.exclude_actions} disabled={everyAction} onChange={(actions) => change({ exclude_actions: actions })} />
        <ActionsField label={t.allow} description={t.allowHint} actions={options.allow_actions} disabled={everyAction} onChange={(actions) => change({ allow_actions: actions })} />
        <NumberField label={t.minCount} description={t.minCountHint} value={options.min_count} onChange={(value) => change({ min_count: value })} />
        <NumberField label={t.generalize} description={t.generalizeHint} value={options.generalize} onChange={(value) => change({ generalize: value })} />
      </ColumnLayout>
      <Checkbox checked={options.include_denied} description={t.includeDeniedHint} onChange={({ detail }) => change({ include_denied: detail.checked })}>
        {t.includeDenied}
      </Checkbox>
    </SpaceBetween>
  );
}

interface NumberFieldProps {
  label: string;
  description: string;
  value: number;
  onChange: (value: number) => void;
}

function NumberField({ label, description, value, onChange }: NumberFieldProps) {
  return (
    <FormField label={label} description={description}>
      <Input
        type="number"
        inputMode="numeric"
        value={String(value)}
        onChange={({ detail }) => {
          const number = Number(detail.value);
          if (Number.isInteger(number) && number >= 0 && number < 1e9) onChange(number);
        }}
      />
    </FormField>
  );
}
