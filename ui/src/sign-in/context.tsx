import { type ReactNode, createContext, useContext, useEffect, useMemo, useSyncExternalStore } from "react";
import { useRequest } from "../api/use-request";
import { beginSignIn, endSession, renewSession } from "./oidc";
import { type Session, currentSession, onSession, renewWith, setSession } from "./session";
import { type SignInSettings, loadSettings } from "./settings";

export interface SignIn {
  /** Undefined until the API has said how. */
  settings: SignInSettings | undefined;
  error: unknown;
  reload: () => void;
  session: Session | undefined;
  /** Leaves for the provider, and comes back to this page. */
  start: () => Promise<void>;
  takeToken: (token: string) => void;
  signOut: () => void;
}

const SignInContext = createContext<SignIn | undefined>(undefined);

export function SignInProvider({ children }: { children: ReactNode }) {
  const { data: settings, error, reload } = useRequest("sign-in", loadSettings);
  const session = useSyncExternalStore(onSession, currentSession);

  useEffect(() => {
    renewWith(settings?.kind === "oidc" ? (before) => renewSession(settings, before) : undefined);
  }, [settings]);

  const value = useMemo<SignIn>(
    () => ({
      settings,
      error,
      reload,
      session,
      start: async () => {
        if (settings?.kind !== "oidc") return;
        const { pathname, search, hash } = window.location;
        window.location.assign(await beginSignIn(settings, pathname === "/signed-in" ? "/" : pathname + search + hash));
      },
      takeToken: (token) => setSession({ bearer: token, name: undefined, groups: [], expires: undefined, refresh: undefined }),
      signOut: () => {
        setSession(undefined);
        if (settings?.kind !== "oidc") return;
        // A provider that cannot be reached keeps its own session; this one has ended.
        endSession(settings, session).then(
          (address) => address && window.location.assign(address),
          () => undefined,
        );
      },
    }),
    [settings, error, reload, session],
  );
  return <SignInContext value={value}>{children}</SignInContext>;
}

export function useSignIn(): SignIn {
  const value = useContext(SignInContext);
  if (!value) throw new Error("useSignIn stands outside of SignInProvider");
  return value;
}
