import Button from "@cloudscape-design/components/button";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useTexts } from "../../text/context";
import { Day } from "../../ui/day";
import { EmptyState } from "../../ui/empty-state";
import { OutsideText } from "../../ui/outside-text";
import { RowsTable } from "../../ui/rows-table";
import { type Suppression, isExpired } from "./settings";

interface AcceptedTableProps {
  suppress: readonly Suppression[];
  disabled: boolean;
  onChange: (suppress: readonly Suppression[]) => void;
}

/** Findings that somebody has accepted, and until when. */
export function AcceptedTable({ suppress, disabled, onChange }: AcceptedTableProps) {
  const { texts } = useTexts();
  const words = texts.settings;
  const now = new Date();
  const where = (name: string | null | undefined) => (name ? <OutsideText code>{name}</OutsideText> : words.every);
  return (
    <RowsTable
      title={words.accepted}
      description={words.acceptedHint}
      rows={suppress}
      empty={<EmptyState title={words.noneAccepted} />}
      columns={[
        { id: "rule", header: words.rule, isRowHeader: true, sortingField: "rule", minWidth: 170, cell: ({ rule }) => <OutsideText code>{rule}</OutsideText> },
        { id: "sid", header: words.sid, sortingField: "sid", minWidth: 90, cell: ({ sid }) => where(sid) },
        { id: "principal", header: words.principal, sortingField: "principal", minWidth: 120, cell: ({ principal }) => where(principal) },
        { id: "reason", header: words.reason, minWidth: 150, cell: ({ reason }) => <OutsideText>{reason}</OutsideText> },
        { id: "owner", header: words.owner, sortingField: "owner", minWidth: 180, cell: ({ owner }) => <OutsideText>{owner}</OutsideText> },
        {
          id: "expires",
          header: words.expires,
          sortingField: "expires",
          minWidth: 120,
          cell: (accepted) => (
            <>
              <Day value={accepted.expires} />
              {isExpired(accepted, now) && (
                <div>
                  <StatusIndicator type="warning">{words.expired}</StatusIndicator>
                </div>
              )}
            </>
          ),
        },
        {
          id: "remove",
          header: words.change,
          minWidth: 110,
          cell: (accepted) => (
            <Button variant="inline-link" disabled={disabled} ariaLabel={`${words.remove}: ${accepted.rule}`} onClick={() => onChange(suppress.filter((each) => each !== accepted))}>
              {words.remove}
            </Button>
          ),
        },
      ]}
    />
  );
}
