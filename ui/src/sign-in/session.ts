import { SIGN_IN_KEYS, readJson, writeJson } from "./storage";

/** Who is signed in, and with what. Times are milliseconds since 1970. */
export interface Session {
  /** What API calls carry: the id token (its `cognito:groups` claim says what one may do), or a plain token. */
  bearer: string;
  name: string | undefined;
  groups: string[];
  expires: number | undefined;
  refresh: string | undefined;
}

type Renew = (session: Session) => Promise<Session>;

const REFRESH_AHEAD_MILLISECONDS = 60_000;

let session = readJson<Session>(SIGN_IN_KEYS.session);
let renew: Renew | undefined;
let renewing: Promise<void> | undefined;
const listeners = new Set<() => void>();

export function currentSession(): Session | undefined {
  return session;
}

export function setSession(next: Session | undefined): void {
  session = next;
  writeJson(SIGN_IN_KEYS.session, next);
  listeners.forEach((listener) => listener());
}

export function onSession(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** How a session is renewed before it expires, where there is a way. */
export function renewWith(way: Renew | undefined): void {
  renew = way;
}

/** The token for the next call, renewed first where it is about to expire. */
export async function bearer(): Promise<string | undefined> {
  const before = session;
  if (before?.expires !== undefined && before.expires - Date.now() < REFRESH_AHEAD_MILLISECONDS) {
    // Calls that start together wait for one renewal.
    renewing ??= renewNow(before).finally(() => (renewing = undefined));
    await renewing;
  }
  return session?.bearer;
}

/** The API refused `token`: whoever holds it signs in again. An answer to an older token says nothing. */
export function refused(token: string | undefined): void {
  if (token !== undefined && session?.bearer === token) setSession(undefined);
}

async function renewNow(before: Session): Promise<void> {
  try {
    if (!renew || !before.refresh) throw new Error("there is no way to renew");
    const next = await renew(before);
    // Somebody may have signed out meanwhile.
    if (session === before) setSession(next);
  } catch {
    const expired = before.expires !== undefined && before.expires <= Date.now();
    if (expired && session === before) setSession(undefined);
  }
}
