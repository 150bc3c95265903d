import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useTexts } from "../../text/context";
import { DayField } from "../../ui/day-field";
import { useFilters } from "./use-filters";
import "./filter-bar.css";

/** The days and the account that a principal's page is about. */
export function PrincipalWindow() {
  const { texts } = useTexts();
  const t = texts.usage.filters;
  const [filters, setFilters] = useFilters();
  const { account, start, end } = filters;
  const backwards = start && end && start > end ? t.endBeforeStart : undefined;
  return (
    <SpaceBetween size="s">
      <div className="filter-bar">
        <DayField label={t.start} value={start ?? ""} onChange={(day) => setFilters({ ...filters, start: day })} />
        <DayField label={t.end} value={end ?? ""} errorText={backwards} onChange={(day) => setFilters({ ...filters, end: day })} />
        <div className="filter-bar-reset filter-bar-wide">
          <Button iconName="undo" disabled={!start && !end} onClick={() => setFilters({ ...filters, start: undefined, end: undefined })}>
            {t.reset}
          </Button>{" "}
          {account && <Button onClick={() => setFilters({ ...filters, account: undefined })}>{texts.usage.principal.toAll}</Button>}
        </div>
      </div>
      {(start || end) && (
        <Box color="text-body-secondary" fontSize="body-s">
          {texts.usage.principal.overAll}
        </Box>
      )}
    </SpaceBetween>
  );
}
