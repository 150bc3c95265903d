import Box from "@cloudscape-design/components/box";
import type { ReactNode } from "react";

/** What stands where there is nothing yet: what is missing, and what to do. */
export function EmptyState({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <Box textAlign="center" color="text-body-secondary" padding="l">
      <Box variant="strong" color="inherit">
        {title}
      </Box>
      <Box color="inherit">{children}</Box>
    </Box>
  );
}
