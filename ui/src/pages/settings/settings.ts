import type { Schemas } from "../../api/client";
import { isRecord, isText } from "../../drafts/shapes";

export type Suppression = Schemas["Suppression"];

/** All of the settings: what an answer leaves out holds nothing. */
export interface Settings {
  minimum: number | null;
  exclude_actions: readonly string[];
  suppress: readonly Suppression[];
}

/** What is being changed, and which version it replaces. */
export interface Draft {
  version: number;
  settings: Settings;
}

export function isDraft(value: unknown): value is Draft | null {
  if (value === null) return true;
  if (!isRecord(value) || typeof value.version !== "number" || !isRecord(value.settings)) return false;
  const { minimum, exclude_actions: excluded, suppress } = value.settings;
  if (minimum !== null && typeof minimum !== "number") return false;
  return Array.isArray(excluded) && excluded.every(isText) && Array.isArray(suppress) && suppress.every(isSuppression);
}

function isSuppression(value: unknown): value is Suppression {
  if (!isRecord(value)) return false;
  const { rule, reason, owner, expires, sid, principal } = value;
  return [rule, reason, owner, expires].every(isText) && [sid, principal].every((each) => each === undefined || each === null || isText(each));
}

export function settingsOf({ minimum, exclude_actions, suppress }: Schemas["Settings"]): Settings {
  return { minimum: minimum ?? null, exclude_actions: exclude_actions ?? [], suppress: suppress ?? [] };
}

export function bodyOf({ version, settings }: Draft): Schemas["SettingsRequest"] {
  return { version, settings: { ...settings, exclude_actions: [...settings.exclude_actions], suppress: [...settings.suppress] } };
}

/** `expires` is the last day on which a finding is accepted; days are UTC. */
export function isExpired({ expires }: Suppression, now: Date): boolean {
  return expires < now.toISOString().slice(0, 10);
}
