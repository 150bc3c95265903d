import Alert from "@cloudscape-design/components/alert";
import { useSyncExternalStore } from "react";
import { useTexts } from "../text/context";

export function OfflineBanner() {
  const { texts } = useTexts();
  const online = useSyncExternalStore(onConnection, () => navigator.onLine);
  return online ? null : <Alert type="warning">{texts.shell.offline}</Alert>;
}

function onConnection(listener: () => void): () => void {
  window.addEventListener("online", listener);
  window.addEventListener("offline", listener);
  return () => {
    window.removeEventListener("online", listener);
    window.removeEventListener("offline", listener);
  };
}
