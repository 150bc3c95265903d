import Badge from "@cloudscape-design/components/badge";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import Icon from "@cloudscape-design/components/icon";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { Schemas } from "../../api/client";
import { useTexts } from "../../text/context";
import { isProved } from "./shapes";
import "../../ui/outside-text.css";

type Proof = Schemas["Proof"];

export function ProofBadge({ proof }: { proof: Proof }) {
  const { texts } = useTexts();
  const proved = isProved(proof);
  return (
    <Badge color={proved ? "green" : "severity-medium"}>
      <span className="one-line">
        <Icon name={proved ? "status-positive" : "status-warning"} size="small" /> {proved ? texts.generate.proof.holds : texts.generate.proof.holdsNot}
      </span>
    </Badge>
  );
}

/** What was tried on the finished policies, and how it came out, in plain words. */
export function ProofView({ proof }: { proof: Proof }) {
  const { texts, format } = useTexts();
  const t = texts.generate.proof;
  const { calls, requests, allowed, pairs, needed, contained } = proof;
  const lines = [
    {
      holds: allowed === requests,
      text: allowed === requests ? t.allowed(format.number(calls), format.number(requests)) : t.allowedNot(format.number(allowed), format.number(requests)),
    },
    { holds: needed === pairs, text: needed === pairs ? t.needed(format.number(pairs)) : t.neededNot(format.number(needed), format.number(pairs)) },
    { holds: contained, text: contained ? t.contained : t.containedNot },
  ];
  return (
    <Container header={<Header actions={<ProofBadge proof={proof} />}>{t.title}</Header>}>
      <SpaceBetween size="xs">
        {lines.map(({ holds, text }) => (
          <StatusIndicator key={text} type={holds ? "success" : "warning"} wrapText>
            {text}
          </StatusIndicator>
        ))}
      </SpaceBetween>
    </Container>
  );
}
