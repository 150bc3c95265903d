import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import RadioGroup from "@cloudscape-design/components/radio-group";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { type FormEvent, useState } from "react";
import { answer, api } from "../../api/client";
import { useRequest } from "../../api/use-request";
import { PolicyEditor } from "../../policy/editor";
import { useTexts } from "../../text/context";
import { AdvancedFields } from "./advanced-fields";
import { DEFAULTS, MODES, type Options, countAdvanced } from "./options";
import { PrincipalField } from "./principal-field";
import { WindowField } from "./window-field";
import { Working } from "./working";

interface RequestFormProps {
  options: Options;
  onChange: (options: Options) => void;
  attached: string;
  onAttached: (text: string) => void;
  working: boolean;
  run: () => void;
  cancel: () => void;
}

export function RequestForm({ options, onChange, attached, onAttached, working, run, cancel }: RequestFormProps) {
  const { texts, format } = useTexts();
  const t = texts.generate;
  const [asked, setAsked] = useState(false);
  const accounts = useRequest("accounts", (signal) => answer(api.GET("/stats", { signal }))).data?.accounts ?? [];
  const anyAccount = { value: "", label: t.allAccounts };
  const known = options.account && !accounts.includes(options.account) ? [options.account, ...accounts] : accounts;
  const accountOptions = [anyAccount, ...known.map((account) => ({ value: account, label: account }))];
  const [advanced] = useState(() => countAdvanced(options) > 0);
  const chosen = countAdvanced(options);
  const missing = asked && !options.principal.trim();
  const backwards = Boolean(options.start && options.end && options.start > options.end);
  const change = (part: Partial<Options>) => onChange({ ...options, ...part });

  function submit(event: FormEvent) {
    event.preventDefault();
    setAsked(true);
    if (options.principal.trim() && !backwards && !working) run();
  }

  return (
    <form onSubmit={submit} noValidate>
      <Container
        header={<Header>{t.request}</Header>}
        footer={
          <SpaceBetween direction="horizontal" size="s" alignItems="center">
            <Button variant="primary" formAction="submit" loading={working} loadingText={t.working}>
              {t.run}
            </Button>
            {working ? (
              <Button formAction="none" onClick={cancel}>
                {texts.common.cancel}
              </Button>
            ) : (
              <Button formAction="none" variant="link" onClick={() => onChange(DEFAULTS)}>
                {t.reset}
              </Button>
            )}
            {working && <Working />}
          </SpaceBetween>
        }
      >
        <SpaceBetween size="l">
          <div className="generate-who">
            <PrincipalField value={options.principal} account={options.account} errorText={missing ? t.principalRequired : undefined} onChange={(principal) => change({ principal })} />
            <FormField label={t.account}>
              <Select
                selectedOption={accountOptions.find(({ value }) => value === options.account) ?? anyAccount}
                options={accountOptions}
                onChange={({ detail }) => change({ account: detail.selectedOption.value ?? "" })}
              />
            </FormField>
          </div>
          <WindowField start={options.start} end={options.end} onChange={change} />
          <FormField label={t.mode}>
            <RadioGroup
              value={options.mode}
              items={MODES.map((value) => ({ value, label: t.modes[value], description: t.modes[`${value}Hint`] }))}
              onChange={({ detail }) => change({ mode: MODES.find((mode) => mode === detail.value) })}
            />
          </FormField>
          <ExpandableSection headerText={t.advanced} headerCounter={chosen > 0 ? t.count(format.number(chosen)) : undefined} defaultExpanded={advanced}>
            <Box padding={{ top: "s" }}>
              <AdvancedFields options={options} change={change} />
            </Box>
          </ExpandableSection>
          <ExpandableSection headerText={t.compare} headerDescription={t.compareHint} defaultExpanded={attached.trim() !== ""}>
            <FormField label={t.attached} description={t.attachedHint} stretch>
              <PolicyEditor value={attached} label={t.attached} onChange={onAttached} minHeight="120px" maxHeight="40vh" />
            </FormField>
          </ExpandableSection>
        </SpaceBetween>
      </Container>
    </form>
  );
}
