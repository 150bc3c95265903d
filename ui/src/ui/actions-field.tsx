import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import TokenGroup from "@cloudscape-design/components/token-group";
import { useState } from "react";
import { isActionGlob } from "../policy/action-glob";
import { useTexts } from "../text/context";
import "./actions-field.css";

interface ActionsFieldProps {
  label: string;
  description: string;
  actions: readonly string[];
  disabled: boolean;
  onChange: (actions: readonly string[]) => void;
}

/** Globs of actions, one token each; several can be pasted at once. */
export function ActionsField({ label, description, actions, disabled, onChange }: ActionsFieldProps) {
  const { texts } = useTexts();
  const t = texts.generate;
  const [typed, setTyped] = useState("");
  const [wrong, setWrong] = useState(false);

  function add() {
    const added = typed.split(/[\s,]+/).filter(Boolean);
    if (added.length === 0) return;
    if (!added.every(isActionGlob)) {
      setWrong(true);
      return;
    }
    onChange([...new Set([...actions, ...added])]);
    setTyped("");
  }

  return (
    <FormField label={label} description={description} errorText={wrong ? t.badAction : undefined}>
      <div className="actions-field">
        <Input
          value={typed}
          disabled={disabled}
          placeholder={t.actionPlaceholder}
          spellcheck={false}
          onChange={({ detail }) => {
            setTyped(detail.value);
            setWrong(false);
          }}
          onKeyDown={(event) => {
            if (event.detail.key !== "Enter" || !typed.trim()) return;
            // It adds the action and does not send the form.
            event.preventDefault();
            add();
          }}
        />
        <Button formAction="none" disabled={disabled || !typed.trim()} ariaLabel={`${t.addAction}: ${label}`} onClick={add}>
          {t.addAction}
        </Button>
      </div>
      <TokenGroup
        items={actions.map((action) => ({ label: action, dismissLabel: t.removeAction(action), disabled }))}
        onDismiss={({ detail }) => onChange(actions.filter((_, index) => index !== detail.itemIndex))}
      />
    </FormField>
  );
}
