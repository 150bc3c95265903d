import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tabs from "@cloudscape-design/components/tabs";
import { useTexts } from "../../text/context";
import { DriftView } from "../../ui/drift-view";
import { EmptyState } from "../../ui/empty-state";
import { OutsideText } from "../../ui/outside-text";
import { PrincipalName } from "../usage/principal-name";
import { shortName } from "../usage/rows";
import { GeneralizedTable } from "./generalized-table";
import { LeftOutTable } from "./left-out-table";
import { type Options, quotaOf } from "./options";
import { PolicyView } from "./policy-view";
import { ProofBadge, ProofView } from "./proof-view";
import type { Generated } from "./shapes";

/** Everything about the policies of one principal. */
export function PrincipalResult({ generated, options }: { generated: Generated; options: Options }) {
  const { texts } = useTexts();
  const t = texts.generate;
  const { principal, kind, account, policies, proof, warnings } = generated;
  const kinds: Record<string, string> = texts.usage.kinds;
  const quota = quotaOf(policies.map(({ size }) => size), options.quota);
  const about = [kinds[kind] ?? kind, account, ...(generated.permission_set ? [`${t.permissionSet} ${generated.permission_set}`] : [])].join(" · ");
  const [first] = policies;
  return (
    <SpaceBetween size="l">
      <Container
        header={
          <Header
            actions={policies.length > 0 && <ProofBadge proof={proof} />}
            description={
              <>
                <PrincipalName principal={principal} account={account} window={{ start: options.start, end: options.end }} /> · <OutsideText>{about}</OutsideText>
              </>
            }
          >
            <OutsideText>{shortName(principal)}</OutsideText>
          </Header>
        }
      >
        <SpaceBetween size="l">
          {warnings.length > 0 && (
            <Alert type="warning" header={t.warnings}>
              {warnings.map((warning) => (
                <div key={warning}>
                  <OutsideText>{warning}</OutsideText>
                </div>
              ))}
            </Alert>
          )}
          {!first && <EmptyState title={t.noPolicies}>{t.noPoliciesHint}</EmptyState>}
          {first && policies.length === 1 && (
            <div>
              <Box variant="awsui-key-label">
                <OutsideText>{first.name}</OutsideText>
              </Box>
              <PolicyView policy={first} quota={quota} />
            </div>
          )}
          {policies.length > 1 && (
            <Tabs ariaLabel={t.result} tabs={policies.map((policy) => ({ id: policy.name, label: policy.name, content: <PolicyView policy={policy} quota={quota} /> }))} />
          )}
        </SpaceBetween>
      </Container>
      {policies.length > 0 && <ProofView proof={proof} />}
      {generated.comparison && (
        <Container header={<Header>{t.comparison}</Header>}>
          <DriftView comparison={generated.comparison} />
        </Container>
      )}
      <LeftOutTable rows={generated.left_out} />
      {generated.generalized.length > 0 && <GeneralizedTable rows={generated.generalized} />}
    </SpaceBetween>
  );
}
