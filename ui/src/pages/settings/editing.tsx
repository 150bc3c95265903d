import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { type Schemas, answer as answered, api } from "../../api/client";
import { useAction } from "../../api/use-request";
import { useDraft } from "../../drafts/use-draft";
import { useTexts } from "../../text/context";
import { ActionsField } from "../../ui/actions-field";
import { Page } from "../../ui/page";
import { visible } from "../../ui/visible";
import { AcceptForm } from "./accept-form";
import { AcceptedTable } from "./accepted-table";
import { Refusal, isConflict } from "./refusal";
import { type Draft, type Settings, bodyOf, isDraft, settingsOf } from "./settings";

const SCORES = Array.from({ length: 10 }, (_, index) => index + 1);

interface EditingProps {
  kept: Schemas["SettingsAnswer"];
  onSaved: (answer: Schemas["SettingsAnswer"]) => void;
  /** Asks for the settings as they are by now. */
  onLoad: () => void;
}

/** The settings, and changes to them until they are saved, all at once. */
export function Editing({ kept, onSaved, onLoad }: EditingProps) {
  const { texts, format } = useTexts();
  const words = texts.settings;
  const [draft, setDraft] = useDraft<Draft | null>("settings", null, isDraft);
  // Until somebody changes something again: dropping that saves nothing.
  const [isSaved, setIsSaved] = useState(false);
  const saving = useAction(async (changed: Draft, signal) => {
    const answer = await answered(api.PUT("/settings", { body: bodyOf(changed), signal }));
    setDraft(null);
    setIsSaved(true);
    onSaved(answer);
  });
  const settings = draft?.settings ?? settingsOf(kept.settings);
  const isOutdated = draft !== null && draft.version !== kept.version;
  const change = (changed: Partial<Settings>) => {
    setIsSaved(false);
    setDraft({ version: draft?.version ?? kept.version, settings: { ...settings, ...changed } });
  };
  const drop = () => {
    saving.reset();
    setDraft(null);
  };
  const loadAgain = () => {
    drop();
    setIsSaved(false);
    onLoad();
  };
  // What changed on the way would be neither saved nor kept.
  const isLocked = saving.loading;
  const scores = [{ value: "", label: words.noMinimum }, ...SCORES.map((score) => ({ value: String(score), label: words.atLeast(format.number(score)) }))];

  return (
    <Page
      title={words.title}
      description={words.description}
      actions={
        <SpaceBetween direction="horizontal" size="xs">
          <Button disabled={!draft || saving.loading} onClick={drop}>
            {words.drop}
          </Button>
          <Button variant="primary" disabled={!draft || isOutdated} loading={saving.loading} onClick={() => draft && saving.run(draft)}>
            {words.save}
          </Button>
        </SpaceBetween>
      }
    >
      <div role="status">
        {isOutdated || isConflict(saving.error) ? (
          <Alert type="warning" header={words.conflict} statusIconAriaLabel={texts.common.severity.warning} action={<Button onClick={loadAgain}>{words.loadAgain}</Button>}>
            {words.conflictHint}
          </Alert>
        ) : (
          <Refusal error={saving.error} />
        )}
        {draft && !isOutdated && !saving.error && (
          <Alert type="info" statusIconAriaLabel={words.notSaved}>
            {words.notSaved}
          </Alert>
        )}
        {!draft && isSaved && (
          <Alert type="success" statusIconAriaLabel={words.saved}>
            {words.saved}
          </Alert>
        )}
      </div>
      <Container header={<Header description={words.gateHint}>{words.gate}</Header>}>
        <FormField label={words.minimum}>
          <Select
            disabled={isLocked}
            options={scores}
            selectedOption={scores.find(({ value }) => value === String(settings.minimum ?? "")) ?? null}
            onChange={({ detail }) => change({ minimum: Number(detail.selectedOption.value) || null })}
          />
        </FormField>
      </Container>
      <Container header={<Header description={words.excludedHint}>{words.excluded}</Header>}>
        <ActionsField label={words.globs} description={texts.generate.excludeHint} actions={settings.exclude_actions} disabled={isLocked} onChange={(actions) => change({ exclude_actions: actions })} />
      </Container>
      <AcceptedTable suppress={settings.suppress} disabled={isLocked} onChange={(suppress) => change({ suppress })} />
      <AcceptForm disabled={isLocked} onAccept={(accepted) => change({ suppress: [...settings.suppress, accepted] })} />
      <Box color="text-body-secondary" fontSize="body-s">
        {/* Where nobody signs in nobody has a name. */}
        {kept.changed_at ? words.changed(visible(kept.changed_by || words.nobody), format.time(kept.changed_at), format.number(kept.version)) : words.neverChanged}
      </Box>
    </Page>
  );
}
