import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { type ReactNode, useEffect } from "react";

interface PageProps {
  title: string;
  description?: string;
  actions?: ReactNode;
  breadcrumbs?: ReactNode;
  children: ReactNode;
}

/** Every page stands in one: its title in the tab and as the only h1, and its parts one below the other. */
export function Page({ title, description, actions, breadcrumbs, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · leastwise`;
  }, [title]);
  return (
    <SpaceBetween size="l">
      <div>
        {breadcrumbs}
        <Header variant="h1" description={description} actions={actions}>
          {title}
        </Header>
      </div>
      {children}
    </SpaceBetween>
  );
}
