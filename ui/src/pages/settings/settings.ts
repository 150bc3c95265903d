import type { Schemas } from "../../api/client";

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
