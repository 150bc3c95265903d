import type { Schemas } from "../../api/client";
import { isActionGlob } from "../../policy/action-glob";
import { attachedPolicies } from "../../policy/attached";
import { isDay } from "../../ui/is-day";

export const MODES = ["resources", "actions"] as const;
export const LEVELS = ["action", "service"] as const;
export const QUOTAS = ["managed", "role", "user", "group"] as const;

/** Characters that policies may have, each or together: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const QUOTA_CHARACTERS: Record<(typeof QUOTAS)[number], number> = { managed: 6_144, role: 10_240, user: 2_048, group: 5_120 };

/**
 * The quota that policies of these sizes have to fit. Inline ones share one; what it cannot hold is written as managed
 * policies, be they one or several.
 */
export function quotaOf(sizes: readonly number[], asked: (typeof QUOTAS)[number]): number {
  const isInline = asked !== "managed" && sizes.length === 1 && sizes.every((size) => size <= QUOTA_CHARACTERS[asked]);
  return QUOTA_CHARACTERS[isInline ? asked : "managed"];
}

/** Everything that generation can be asked, by the API's names, with what holds where nothing is said. */
export interface Options {
  principal: string;
  account: string;
  start: string;
  end: string;
  mode: (typeof MODES)[number];
  level: (typeof LEVELS)[number];
  quota: (typeof QUOTAS)[number];
  min_count: number;
  generalize: number;
  exclude_actions: readonly string[];
  allow_actions: readonly string[];
  include_denied: boolean;
}

export const DEFAULTS: Options = {
  principal: "",
  account: "",
  start: "",
  end: "",
  mode: "resources",
  level: "action",
  quota: "managed",
  min_count: 1,
  generalize: 10,
  exclude_actions: [],
  allow_actions: [],
  include_denied: false,
};

/** What stands in an address; what cannot be meant is left out. */
export function readOptions(query: URLSearchParams): Options {
  const day = (name: string) => (isDay(query.get(name) ?? "") ? (query.get(name) ?? "") : "");
  const actions = (name: string) => [...new Set(query.getAll(name).map((action) => action.trim()))].filter(isActionGlob);
  return {
    principal: query.get("principal")?.trim() ?? "",
    account: query.get("account")?.trim() ?? "",
    start: day("start"),
    end: day("end"),
    mode: MODES.find((mode) => mode === query.get("mode")) ?? DEFAULTS.mode,
    level: LEVELS.find((level) => level === query.get("level")) ?? DEFAULTS.level,
    quota: QUOTAS.find((quota) => quota === query.get("quota")) ?? DEFAULTS.quota,
    min_count: wholeNumber(query.get("min_count"), DEFAULTS.min_count),
    generalize: wholeNumber(query.get("generalize"), DEFAULTS.generalize),
    exclude_actions: actions("exclude_actions"),
    allow_actions: actions("allow_actions"),
    include_denied: query.get("include_denied") === "true",
  };
}

/** Only what differs from the defaults. */
export function writeOptions(options: Options): URLSearchParams {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(options)) {
    if (Array.isArray(value)) value.forEach((each) => query.append(name, String(each)));
    else if (value !== DEFAULTS[name as keyof Options]) query.set(name, String(value));
  }
  return query;
}

/** The request; `attached` is what was pasted to compare with. With every action of a service nothing can be picked. */
export function toRequest(options: Options, attached: string): Schemas["GenerateRequest"] {
  const picks = options.level === "action";
  return {
    principal: options.principal.trim(),
    account: options.account || undefined,
    start: options.start || undefined,
    end: options.end || undefined,
    mode: options.mode,
    level: options.level,
    quota: options.quota,
    min_count: options.min_count,
    generalize: options.generalize,
    exclude_actions: picks ? [...options.exclude_actions] : [],
    allow_actions: picks ? [...options.allow_actions] : [],
    include_denied: options.include_denied,
    // The API's file can only say "object" where it takes a text or a list, too.
    compare: attached.trim() ? (attachedPolicies(attached) as unknown as Record<string, unknown>) : undefined,
  };
}

/** How many of the options that stand folded away were chosen. */
export function countAdvanced(options: Options): number {
  const { level, quota, min_count, generalize, exclude_actions, allow_actions, include_denied } = options;
  return [
    level !== DEFAULTS.level,
    quota !== DEFAULTS.quota,
    min_count !== DEFAULTS.min_count,
    generalize !== DEFAULTS.generalize,
    exclude_actions.length > 0,
    allow_actions.length > 0,
    include_denied,
  ].filter(Boolean).length;
}

function wholeNumber(text: string | null, otherwise: number): number {
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : otherwise;
}
