import Button from "@cloudscape-design/components/button";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useTexts } from "../../text/context";
import { DayField } from "../../ui/day-field";
import "./settings.css";
import type { Suppression } from "./settings";

const NOTHING = { rule: "", sid: "", principal: "", reason: "", owner: "", expires: "" };
const NEEDED = ["rule", "reason", "owner", "expires"] as const;

/** Accepts a finding: which, why, by whom and until when. */
export function AcceptForm({ disabled, onAccept }: { disabled: boolean; onAccept: (accepted: Suppression) => void }) {
  const { texts } = useTexts();
  const words = texts.settings;
  const [said, setSaid] = useState(NOTHING);
  const isWhole = NEEDED.every((name) => said[name].trim());

  function field(name: keyof typeof NOTHING, label: string, description?: string) {
    const isOptional = name === "sid" || name === "principal";
    return (
      <FormField label={isOptional ? `${label} (${texts.common.optional})` : label} constraintText={description} stretch>
        <Input value={said[name]} spellcheck={name === "reason"} onChange={({ detail }) => setSaid({ ...said, [name]: detail.value })} />
      </FormField>
    );
  }

  return (
    <ExpandableSection variant="container" headerText={words.accept} headerDescription={words.acceptHint} headingTagOverride="h2">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!isWhole || disabled) return;
          const { rule, sid, principal, reason, owner, expires } = said;
          onAccept({ rule: rule.trim(), sid: sid.trim() || null, principal: principal.trim() || null, reason: reason.trim(), owner: owner.trim(), expires });
          setSaid(NOTHING);
        }}
      >
        <SpaceBetween size="m">
          <div className="settings-fields">
            {field("rule", words.rule, words.ruleHint)}
            {field("sid", words.sid, words.wildHint)}
            {field("principal", words.principal, words.wildHint)}
            {field("reason", words.reason)}
            {field("owner", words.owner)}
            <DayField label={words.expires} value={said.expires} onChange={(day) => setSaid({ ...said, expires: day ?? "" })} />
          </div>
          <Button disabled={!isWhole || disabled} disabledReason={isWhole ? undefined : words.acceptNeeds}>
            {words.add}
          </Button>
        </SpaceBetween>
      </form>
    </ExpandableSection>
  );
}
