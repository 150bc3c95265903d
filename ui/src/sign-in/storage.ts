// Tokens live in this tab only and end with it.
export const SIGN_IN_KEYS = { session: "leastwise.session", pending: "leastwise.sign-in" };

export function readJson<T>(key: string): T | undefined {
  try {
    const text = sessionStorage.getItem(key);
    return text === null ? undefined : (JSON.parse(text) as T);
  } catch {
    return undefined;
  }
}

export function writeJson(key: string, value: unknown): void {
  try {
    if (value === undefined) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Without storage one is signed in until the next reload.
  }
}
