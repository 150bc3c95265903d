import { type Schemas, answer, api } from "../../api/client";
import { type PolicyType, documentsOf, statementsOf } from "../../policy/document";

/** A statement that decided, by its place in the text that was compared. */
export interface Decider {
  policy: number;
  statement: number;
}

export interface Decision {
  outcome: string;
  by: Decider[];
  reason: string;
}

export interface Replayed {
  old: Decision;
  new: Decision;
}

type Request = Record<string, unknown>;

const EVERYTHING = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };
const GRANTS: readonly PolicyType[] = ["identity", "resource", "trust"];
// Where the API takes one document, a list of them counts as one with all their statements.
const SINGLE: readonly PolicyType[] = ["resource", "trust", "endpoint"];

/** Asks the evaluator, which is not what compares, to decide a request under both policies. */
export async function replay(request: Request, old: unknown, next: unknown, type: PolicyType, signal: AbortSignal): Promise<Replayed> {
  const [before, after] = await Promise.all([old, next].map((policy) => decide(request, policy, type, signal)));
  return { old: before as Decision, new: after as Decision };
}

async function decide(request: Request, policy: unknown, type: PolicyType, signal: AbortSignal): Promise<Decision> {
  const body = { request, policies: policiesFor(request, policy, type) };
  const decided: Schemas["SimulateAnswer"] = await answer(api.POST("/simulate", { body, signal }));
  return { outcome: decided.decision, by: decidersOf(decided.by, policy, type), reason: decided.reason };
}

/**
 * The policy in its place among those that decide. `/diff` asks what this one lets through; so what else has to allow
 * a request does: identity policies below a limit or across accounts, and the session policy of a federated user.
 */
export function policiesFor(request: Request, policy: unknown, type: PolicyType): Record<string, unknown> {
  const documents = documentsOf(policy);
  const policies: Record<string, unknown> = {};
  const helped = !GRANTS.includes(type) || (type !== "identity" && crossesAccounts(request));
  if (helped) policies.identity = EVERYTHING;
  if (type !== "session" && String(request.principal).includes(":federated-user/") && (helped || type === "identity")) {
    policies.session = EVERYTHING;
  }
  if (type === "scp") policies.scps = [documents];
  else if (type === "rcp") policies.rcps = [documents];
  else if (SINGLE.includes(type)) policies[type === "endpoint" ? "endpoint" : "resource"] = merged(documents);
  else policies[type] = documents;
  return policies;
}

/** Whether other policies were taken to allow everything, which the reader is told. */
export function takesOthersAsAllowing(request: Request, type: PolicyType): boolean {
  return "identity" in policiesFor(request, [], type) && type !== "identity";
}

export function decidersOf(by: Record<string, unknown>[], policy: unknown, type: PolicyType): Decider[] {
  const layer = type === "trust" ? "resource" : type;
  const places = documentsOf(policy).flatMap((document, index) =>
    statementsOf(document).map((_, statement) => ({ policy: index, statement })),
  );
  return by
    .filter((each) => each.layer === layer)
    .flatMap((each) => {
      const statement = Number(each.statement);
      const place = SINGLE.includes(type) ? places[statement] : { policy: Number(each.policy), statement };
      return place ? [place] : [];
    });
}

function merged(documents: unknown[]): unknown {
  if (documents.length === 1) return documents[0];
  return { Version: "2012-10-17", Statement: documents.flatMap(statementsOf) };
}

function crossesAccounts(request: Request): boolean {
  const context = (request.context ?? {}) as Record<string, unknown>;
  const owner = request.resource_account ?? context["aws:resourceaccount"];
  return owner !== undefined && owner !== context["aws:principalaccount"];
}
