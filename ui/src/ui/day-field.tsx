import DatePicker from "@cloudscape-design/components/date-picker";
import FormField from "@cloudscape-design/components/form-field";
import { useState } from "react";
import { useTexts } from "../text/context";
import { isDay } from "./is-day";

interface DayFieldProps {
  label: string;
  value: string;
  /** Gets a whole day, or nothing where it was emptied. */
  onChange: (day: string | undefined) => void;
  errorText?: string;
}

/** A UTC day, typed or picked. Half a day is kept here until it is a whole one. */
export function DayField({ label, value, onChange, errorText }: DayFieldProps) {
  const { texts } = useTexts();
  const [typed, setTyped] = useState<string>();
  const [left, setLeft] = useState(false);
  return (
    <FormField label={`${label} (${texts.usage.filters.utc})`} errorText={left && typed !== undefined ? texts.usage.filters.noDay : errorText}>
      <DatePicker
        value={typed ?? value}
        placeholder="YYYY-MM-DD"
        format="iso"
        inputFormat="iso"
        onFocus={() => setLeft(false)}
        onBlur={() => setLeft(true)}
        onChange={({ detail }) => {
          const day = detail.value;
          const whole = day === "" || isDay(day);
          setTyped(whole ? undefined : day);
          if (whole) onChange(day || undefined);
        }}
      />
    </FormField>
  );
}
