import Button from "@cloudscape-design/components/button";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { ProblemView } from "../../api/problem-view";
import { useAction } from "../../api/use-request";
import { type PolicyType, toJson } from "../../policy/document";
import { useTexts } from "../../text/context";
import { CopyButton } from "../../ui/copy-button";
import { ValueList } from "../../ui/value-list";
import { contextOf, principalOf } from "./access";
import { DecisionView } from "./decision-view";
import { type Decider, type Replayed, replay, takesOthersAsAllowing } from "./replay";
import type { Places } from "./report";

export type Side = "old" | "new";

/** What was compared, as the API saw it. */
export interface Compared {
  old: unknown;
  new: unknown;
  type: PolicyType;
  places: Places;
}

interface RequestViewProps {
  request: Record<string, unknown>;
  compared: Compared;
  reveal: (side: Side, statement: Decider) => void;
}

/** A request that shows the difference; whoever doubts it has it decided under both policies. */
export function RequestView({ request, compared, reveal }: RequestViewProps) {
  const { texts } = useTexts();
  const words = texts.compare;
  const replaying = useAction<typeof request, Replayed>((asked, signal) =>
    replay(asked, compared.old, compared.new, compared.type, signal),
  );
  const context = contextOf(request).map(({ key, values }) => `${key} = ${values.join(", ")}`);
  return (
    <SpaceBetween size="s">
      <KeyValuePairs
        minColumnWidth={240}
        columns={2}
        items={[
          { label: words.principal, value: <ValueList values={[principalOf(request)]} /> },
          { label: words.action, value: <ValueList values={[String(request.action)]} /> },
          { label: words.resource, value: <ValueList values={[String(request.resource ?? "*")]} /> },
          { label: words.context, value: context.length > 0 ? <ValueList values={context} /> : words.noContext },
        ]}
      />
      <SpaceBetween direction="horizontal" size="xs">
        <Button iconName="refresh" loading={replaying.loading} onClick={() => replaying.run(request)}>
          {words.replay}
        </Button>
        <CopyButton text={toJson(request)} label={words.witness} />
      </SpaceBetween>
      <ProblemView error={replaying.error} retry={() => replaying.run(request)} />
      {replaying.data && (
        <div role="status">
          <ColumnLayout columns={2}>
            {(["old", "new"] as const).map((side) => (
              <DecisionView
                key={side}
                title={words.underPolicy[side]}
                decision={replaying.data?.[side]}
                places={compared.places[side]}
                reveal={(statement) => reveal(side, statement)}
              />
            ))}
          </ColumnLayout>
          {takesOthersAsAllowing(request, compared.type) && <small>{words.othersAllow}</small>}
        </div>
      )}
    </SpaceBetween>
  );
}
