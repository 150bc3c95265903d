import Badge, { type BadgeProps } from "@cloudscape-design/components/badge";
import { useTexts } from "../text/context";

const COLORS: Record<string, BadgeProps["color"]> = {
  error: "severity-critical",
  "security-warning": "severity-high",
  warning: "severity-medium",
  suggestion: "severity-neutral",
};

/** Of a finding: in words and in colour. One that is not known stands as it came. */
export function SeverityBadge({ severity }: { severity: string }) {
  const { texts } = useTexts();
  const names: Record<string, string> = texts.common.severity;
  return <Badge color={COLORS[severity] ?? "grey"}>{names[severity] ?? severity}</Badge>;
}
