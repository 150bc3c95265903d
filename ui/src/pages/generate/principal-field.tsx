import Autosuggest from "@cloudscape-design/components/autosuggest";
import FormField from "@cloudscape-design/components/form-field";
import { useEffect, useState } from "react";
import { answer, api } from "../../api/client";
import { useRequest } from "../../api/use-request";
import { useTexts } from "../../text/context";
import { visible } from "../../ui/visible";
import { asGlob } from "../usage/filters";

const SUGGESTED = 25;
const TAKE_POLICIES = ["role", "user", "permission-set"];
const TYPING_MILLISECONDS = 250;

interface PrincipalFieldProps {
  value: string;
  account: string;
  onChange: (value: string) => void;
  errorText?: string;
}

/** Who: one of those who were seen, or a glob. */
export function PrincipalField({ value, account, onChange, errorText }: PrincipalFieldProps) {
  const { texts, format } = useTexts();
  const t = texts.generate;
  const [focused, setFocused] = useState(false);
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), TYPING_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [value]);
  const principal = asGlob(settled);
  const { data, loading, error, reload } = useRequest(focused ? `suggest ${account} ${principal}` : null, (signal) =>
    answer(api.GET("/principals", { params: { query: { principal, account: account || undefined, limit: SUGGESTED } }, signal })),
  );
  const kinds: Record<string, string> = texts.usage.kinds;
  // In several accounts, a principal is seen once in each.
  const names = new Map((data?.principals ?? []).filter((each) => each.principal).map((each) => [each.principal, each]));
  const suggested = [...names.values()].sort((left, right) => Number(takesPolicies(right)) - Number(takesPolicies(left)));

  return (
    <FormField label={t.principal} description={t.principalHint} errorText={errorText} stretch>
      <Autosuggest
        value={value}
        placeholder={t.principalPlaceholder}
        filteringType="manual"
        enteredTextLabel={(text) => t.principalUse(text)}
        statusType={loading ? "loading" : error ? "error" : "finished"}
        loadingText={t.searching}
        errorText={texts.common.problems.network.header}
        recoveryText={texts.common.tryAgain}
        empty={t.principalNone}
        onLoadItems={({ detail }) => {
          setFocused(true);
          if (detail.samePage) reload();
        }}
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
        onChange={({ detail }) => onChange(detail.value)}
        options={suggested.map((each) => ({
          value: each.principal,
          label: visible(each.principal),
          description: [...each.kinds.map((kind) => kinds[kind] ?? kind), each.account].join(" · "),
          tags: [`${texts.usage.events}: ${format.number(each.events)}`],
        }))}
      />
    </FormField>
  );
}

function takesPolicies({ kinds }: { kinds: readonly string[] }): boolean {
  return kinds.some((kind) => TAKE_POLICIES.includes(kind));
}
