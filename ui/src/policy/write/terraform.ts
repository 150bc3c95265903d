import { exactIn } from "../exact";
import type { Named } from "./formats";
import { quote, toExpression } from "./hcl";
import { targetOf } from "./targets";

// Terraform computes with 512 bits, and writes what it read: 1.0 becomes 1, and 1e3 becomes 1000.
const WHOLE_NUMBER = /^-?[1-9]\d{0,149}$/;

/** A resource with the policy, and a variable for each thing that only the account knows; undefined where Terraform has none. */
export function toTerraform({ name, type, policy }: Named): string | undefined {
  const target = targetOf(policy, type).terraform;
  if (!target || exactIn(policy).some(({ source }) => !WHOLE_NUMBER.test(source))) return undefined;
  const variables = Object.entries(target.variables ?? {});
  const declared = variables.map(([, variable]) => `variable "${variable}" {\n  type = string\n}\n\n`).join("");
  const values: [string, string][] = [
    ...(target.name ? [[target.name, quote(name)] satisfies [string, string]] : []),
    ...Object.entries(target.fixed ?? {}).map(([argument, value]): [string, string] => [argument, quote(value)]),
    ...variables.map(([argument, variable]): [string, string] => [argument, `var.${variable}`]),
    [target.policy, `jsonencode(${toExpression(policy, "  ")})`],
  ];
  // As `terraform fmt` aligns them: a value of many lines is a group of its own.
  const longest = Math.max(...values.slice(0, -1).map(([argument]) => argument.length), 0);
  const lines = values.map(([argument, value], index) =>
    index < values.length - 1 ? `  ${argument.padEnd(longest)} = ${value}\n` : `\n  ${argument} = ${value}\n`,
  );
  return `${declared}resource "${target.type}" "${labelOf(name)}" {\n${lines.join("")}}\n`;
}

// Letters, digits, `_` and `-`, not starting with a digit or a dash.
function labelOf(name: string): string {
  const label = name.replace(/[^A-Za-z0-9-]/g, "_");
  return /^[A-Za-z_]/.test(label) ? label : `policy_${label}`;
}
