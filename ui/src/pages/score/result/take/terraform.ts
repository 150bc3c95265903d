import { quote, toExpression } from "./hcl";
import { targetOf } from "./targets";

/** A resource with the policy, and a variable for each thing that only the account knows; undefined where Terraform has none. */
export function toTerraform(policy: unknown, type: string): string | undefined {
  const target = targetOf(policy, type).terraform;
  if (!target) return undefined;
  const variables = Object.entries(target.variables ?? {});
  const declared = variables.map(([, name]) => `variable "${name}" {\n  type = string\n}\n\n`).join("");
  const values: [string, string][] = [
    ...Object.entries(target.fixed ?? {}).map(([name, value]): [string, string] => [name, quote(value)]),
    ...variables.map(([argument, name]): [string, string] => [argument, `var.${name}`]),
    [target.policy, `jsonencode(${toExpression(policy, "  ")})`],
  ];
  // As `terraform fmt` aligns them: a value of many lines is a group of its own.
  const longest = Math.max(...values.slice(0, -1).map(([name]) => name.length), 0);
  const lines = values.map(([name, value], index) => (index < values.length - 1 ? `  ${name.padEnd(longest)} = ${value}\n` : `\n  ${name} = ${value}\n`));
  return `${declared}resource "${target.type}" "better" {\n${lines.join("")}}\n`;
}
