import type { ReactNode } from "react";
import { ProblemView } from "../api/problem-view";
import { Loading } from "../shell/loading";
import { useSignIn } from "./context";
import { StartSignIn } from "./start-sign-in";
import { TokenForm } from "./token-form";

/** Shows its children to those who are signed in, and to everybody where nobody has to. */
export function Gate({ children }: { children: ReactNode }) {
  const { settings, error, reload, session, start } = useSignIn();
  if (error) return <ProblemView error={error} retry={reload} />;
  if (!settings) return <Loading />;
  if (settings.kind === "none" || session) return children;
  if (settings.kind === "token") return <TokenForm />;
  return <StartSignIn start={start} />;
}
