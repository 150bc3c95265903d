import { toJson } from "../document";
import { exactIn } from "../exact";
import type { Named } from "./formats";
import { targetOf } from "./targets";
import { toYaml } from "./yaml";

// CloudFormation replaces these wherever they stand, and knows no way to write them as text: a name from a log would
// reach into the account's secrets. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
const DYNAMIC_REFERENCE = /\{\{\s*resolve:/i;

/** A template with the policy as its only resource; undefined where CloudFormation has none for it, or would change it. */
export function toCloudFormation({ name, type, policy }: Named, as: "yaml" | "json"): string | undefined {
  const target = targetOf(policy, type).cloudFormation;
  // Whether numbers that are too long for JavaScript survive CloudFormation's own reading is nowhere said.
  if (!target || exactIn(policy).length > 0) return undefined;
  const one = Object.entries(target.parameters ?? {});
  const many = Object.entries(target.lists ?? {});
  const parameters = [...one, ...many].map(([, parameter]) => [parameter, { Type: "String" }]);
  const template = {
    AWSTemplateFormatVersion: "2010-09-09",
    ...(parameters.length > 0 && { Parameters: Object.fromEntries(parameters) }),
    Resources: {
      [logicalIdOf(name)]: {
        Type: target.type,
        Properties: {
          ...(target.name && { [target.name]: name }),
          ...target.fixed,
          ...Object.fromEntries(one.map(([property, parameter]) => [property, { Ref: parameter }])),
          ...Object.fromEntries(many.map(([property, parameter]) => [property, [{ Ref: parameter }]])),
          [target.policy]: policy,
        },
      },
    },
  };
  if (DYNAMIC_REFERENCE.test(JSON.stringify(template))) return undefined;
  return as === "json" ? `${toJson(template)}\n` : toYaml(template);
}

// Letters and digits only: `app-reader_role` is `AppReaderRole`.
function logicalIdOf(name: string): string {
  const words = name.split(/[^A-Za-z0-9]+/).map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return words.join("").slice(0, 200) || "Policy";
}
