import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import { Component, type ReactNode } from "react";
import { useTexts } from "../text/context";

/** A page that breaks leaves the others, and what was typed, as they are. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override render() {
    return this.state.broken ? <Broken /> : this.props.children;
  }
}

function Broken() {
  const { texts } = useTexts();
  return (
    <Alert
      type="error"
      header={texts.shell.broken}
      statusIconAriaLabel={texts.common.error}
      action={<Button onClick={() => window.location.reload()}>{texts.shell.reload}</Button>}
    >
      {texts.shell.brokenHint}
    </Alert>
  );
}
