import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Box from "@cloudscape-design/components/box";
import { useEffect, useState } from "react";
import { useTexts } from "../../text/context";
import { DayField } from "../../ui/day-field";
import { type Filters, daysAgo } from "./filters";
import "./filter-bar.css";

const UNUSED_DAYS = [30, 60, 90, 180, 365];
const TYPING_MILLISECONDS = 400;

interface FilterBarProps {
  filters: Filters;
  onChange: (filters: Filters) => void;
  accounts: readonly string[];
  /** The day since which nobody unused was seen, as it holds when no other is chosen. */
  unusedSince: string;
}

export function FilterBar({ filters, onChange, accounts, unusedSince }: FilterBarProps) {
  const { texts, format } = useTexts();
  const t = texts.usage.filters;
  const anyAccount = { value: "", label: t.allAccounts };
  const known = filters.account && !accounts.includes(filters.account) ? [filters.account, ...accounts] : accounts;
  const accountOptions = [anyAccount, ...known.map((account) => ({ value: account, label: account }))];
  const now = new Date();
  const unusedOptions = UNUSED_DAYS.map((days) => ({ value: daysAgo(days, now), label: t.days(format.number(days)) }));
  const backwards = filters.start && filters.end && filters.start > filters.end ? t.endBeforeStart : undefined;
  const filtered = Object.values(filters).some(Boolean);

  return (
    <Container>
      <div className="filter-bar">
        <FormField label={t.account}>
          <Select
            selectedOption={accountOptions.find(({ value }) => value === (filters.account ?? "")) ?? anyAccount}
            options={accountOptions}
            onChange={({ detail }) => onChange({ ...filters, account: detail.selectedOption.value || undefined })}
          />
        </FormField>
        <div className="filter-bar-wide">
          <PrincipalFilter value={filters.principal ?? ""} onChange={(principal) => onChange({ ...filters, principal })} />
        </div>
        <DayField label={t.start} value={filters.start ?? ""} onChange={(start) => onChange({ ...filters, start })} />
        <DayField label={t.end} value={filters.end ?? ""} errorText={backwards} onChange={(end) => onChange({ ...filters, end })} />
        <FormField label={t.unusedSince}>
          <Select
            selectedOption={unusedOptions.find(({ value }) => value === unusedSince) ?? { value: unusedSince, label: t.sinceDay(format.day(unusedSince)) }}
            options={unusedOptions}
            onChange={({ detail }) => onChange({ ...filters, unused_since: detail.selectedOption.value })}
          />
        </FormField>
        <div className="filter-bar-reset">
          <Button iconName="undo" disabled={!filtered} onClick={() => onChange({})}>
            {t.reset}
          </Button>
        </div>
      </div>
      {(filters.start || filters.end || filters.principal) && (
        <Box margin={{ top: "s" }} color="text-body-secondary" fontSize="body-s">
          <SpaceBetween size="xxxs">
            {(filters.start || filters.end) && <div>{t.overAll}</div>}
            {filters.principal && <div>{t.eventsOfAll}</div>}
          </SpaceBetween>
        </Box>
      )}
    </Container>
  );
}

function PrincipalFilter({ value, onChange }: { value: string; onChange: (value: string | undefined) => void }) {
  const { texts } = useTexts();
  const [typed, setTyped] = useState(value);
  // What was asked for last: another value comes from outside, as when the filters are reset.
  const [asked, setAsked] = useState(value);
  if (value !== asked) {
    setAsked(value);
    setTyped(value);
  }
  useEffect(() => {
    const wanted = typed.trim();
    if (wanted === asked) return;
    const timer = setTimeout(() => {
      setAsked(wanted);
      onChange(wanted || undefined);
    }, TYPING_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [typed, asked, onChange]);
  return (
    <FormField label={texts.usage.filters.principal} constraintText={texts.usage.filters.principalHint}>
      <Input
        type="search"
        value={typed}
        placeholder="*orders*"
        spellcheck={false}
        onChange={({ detail }) => setTyped(detail.value)}
      />
    </FormField>
  );
}
