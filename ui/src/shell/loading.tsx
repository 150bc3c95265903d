import Box from "@cloudscape-design/components/box";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useTexts } from "../text/context";

export function Loading() {
  const { texts } = useTexts();
  return (
    <Box textAlign="center" padding="xxxl">
      <StatusIndicator type="loading">{texts.common.loading}</StatusIndicator>
    </Box>
  );
}
