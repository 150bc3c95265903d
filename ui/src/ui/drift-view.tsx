import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import ProgressBar from "@cloudscape-design/components/progress-bar";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { writeExact } from "../policy/exact";
import { useTexts } from "../text/context";
import { EmptyState } from "./empty-state";
import { LazySection } from "./lazy-section";
import { OutsideText } from "./outside-text";
import { RowsTable } from "./rows-table";
import "./drift-view.css";

interface UsedNotGranted {
  action: string;
  resource: string;
  calls: number;
  reason: string;
}

/** What is attached against what was used: the API's `comparison`, of which its file only says "object". */
export interface Comparison {
  services: { service: string; granted: number; used: number; unused: string[] }[];
  used_not_granted: UsedNotGranted[];
  new_access: { verdict: string; witness: unknown; reason: string };
}

/** Drift as numbers and two lists: what is granted and not used, and what was used and is not granted. */
export function DriftView({ comparison: { services, used_not_granted: notGranted, new_access: access } }: { comparison: Comparison }) {
  const { texts, format } = useTexts();
  const t = texts.usage.drift;
  const granted = services.reduce((sum, service) => sum + service.granted, 0);
  const used = services.reduce((sum, service) => sum + service.used, 0);
  const unused = services.filter((service) => service.unused.length > 0);
  const verdicts: Record<string, string> = t.verdicts;
  const verdictType = access.verdict === "no-new-access" ? "success" : access.verdict === "new-access" ? "warning" : "info";
  const share = granted > 0 ? used / granted : 0;
  return (
    <SpaceBetween size="l">
      <KeyValuePairs
        columns={4}
        items={[
          { label: t.granted, value: <Box variant="awsui-value-large">{format.number(granted)}</Box> },
          { label: t.used, value: <Box variant="awsui-value-large">{format.number(used)}</Box> },
          { label: t.unused, value: <Box variant="awsui-value-large">{format.number(granted - used)}</Box> },
          { label: t.notGranted, value: <Box variant="awsui-value-large">{format.number(notGranted.length)}</Box> },
        ]}
      />
      <ProgressBar value={share * 100} additionalInfo={t.share(format.percent(share))} ariaLabel={t.share(format.percent(share))} />
      <Alert type={verdictType} header={verdicts[access.verdict] ?? access.verdict}>
        {access.reason && <OutsideText>{access.reason}</OutsideText>}
        {access.witness !== null && access.witness !== undefined && (
          <LazySection headerText={t.witness}>
            <Box variant="pre">
              <OutsideText code>{writeExact(access.witness)}</OutsideText>
            </Box>
          </LazySection>
        )}
      </Alert>
      <div>
        <Box variant="h3">
          {t.unusedTitle} ({format.number(granted - used)})
        </Box>
        {unused.length === 0 && <EmptyState title={t.unusedEmpty} />}
        {unused.map((service) => (
          <LazySection
            key={service.service}
            headingTagOverride="h4"
            headerText={service.service}
            headerDescription={t.unusedOf(format.number(service.unused.length), format.number(service.granted))}
          >
            <ul className="drift-actions">
              {service.unused.map((action) => (
                <li key={action}>
                  <OutsideText code>{action}</OutsideText>
                </li>
              ))}
            </ul>
          </LazySection>
        ))}
      </div>
      <NotGranted rows={notGranted} />
    </SpaceBetween>
  );
}

function NotGranted({ rows }: { rows: UsedNotGranted[] }) {
  const { texts, format } = useTexts();
  const t = texts.usage.drift;
  return (
    <RowsTable
      variant="embedded"
      title={t.notGrantedTitle}
      description={rows.length > 0 ? t.notGrantedDescription : undefined}
      rows={rows}
      most="calls"
      empty={<EmptyState title={t.notGrantedEmpty} />}
      columns={[
        { id: "action", header: t.action, isRowHeader: true, sortingField: "action", minWidth: 150, cell: ({ action }) => <OutsideText>{action}</OutsideText> },
        { id: "resource", header: t.resource, sortingField: "resource", minWidth: 220, cell: ({ resource }) => <OutsideText>{resource}</OutsideText> },
        { id: "calls", header: t.calls, sortingField: "calls", cell: ({ calls }) => format.number(calls) },
        { id: "reason", header: t.reason, minWidth: 150, cell: ({ reason }) => <OutsideText>{reason}</OutsideText> },
      ]}
    />
  );
}
