import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import { useState } from "react";
import { useTexts } from "../../text/context";
import { DayField } from "../../ui/day-field";
import { daysAgo } from "../usage/filters";
import "./generate.css";

const PRESETS = [30, 90, 365];

interface WindowFieldProps {
  start: string;
  end: string;
  onChange: (window: { start: string; end: string }) => void;
}

/** All that is stored, the last so many days, or from a day to a day. */
export function WindowField({ start, end, onChange }: WindowFieldProps) {
  const { texts, format } = useTexts();
  const t = texts.generate;
  const now = new Date();
  const presets = PRESETS.map((days) => ({ value: daysAgo(days, now), label: t.presets.last(format.number(days)) }));
  const isPreset = !end && (!start || presets.some(({ value }) => value === start));
  const [own, setOwn] = useState(!isPreset);
  const options = [{ value: "", label: t.presets.all }, ...presets, { value: "own", label: t.presets.own }];
  const selected = own || !isPreset ? "own" : start;
  return (
    <div className="window-field">
      <FormField label={t.window} description={t.windowHint}>
        <Select
          selectedOption={options.find(({ value }) => value === selected) ?? null}
          options={options}
          onChange={({ detail }) => {
            const value = detail.selectedOption.value ?? "";
            setOwn(value === "own");
            if (value !== "own") onChange({ start: value, end: "" });
          }}
        />
      </FormField>
      {selected === "own" && (
        <>
          <DayField label={t.start} value={start} onChange={(day) => onChange({ start: day ?? "", end })} />
          <DayField label={t.end} value={end} errorText={start && end && start > end ? t.endBeforeStart : undefined} onChange={(day) => onChange({ start, end: day ?? "" })} />
        </>
      )}
    </div>
  );
}
