import { targetOf } from "./targets";
import { toYaml } from "./yaml";

// CloudFormation replaces these wherever they stand, and knows no way to write them as text.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
const DYNAMIC_REFERENCE = /\{\{\s*resolve:/i;

/** A template with the policy as its only resource; undefined where CloudFormation has none for it, or would change it. */
export function toCloudFormation(policy: unknown, type: string, as: "yaml" | "json"): string | undefined {
  const target = targetOf(policy, type).cloudFormation;
  if (!target || DYNAMIC_REFERENCE.test(JSON.stringify(policy))) return undefined;
  const one = Object.entries(target.parameters ?? {});
  const many = Object.entries(target.lists ?? {});
  const parameters = [...one, ...many].map(([, name]) => [name, { Type: "String" }]);
  const template = {
    AWSTemplateFormatVersion: "2010-09-09",
    ...(parameters.length > 0 && { Parameters: Object.fromEntries(parameters) }),
    Resources: {
      Better: {
        Type: target.type,
        Properties: {
          ...target.fixed,
          ...Object.fromEntries(one.map(([property, name]) => [property, { Ref: name }])),
          ...Object.fromEntries(many.map(([property, name]) => [property, [{ Ref: name }]])),
          [target.policy]: policy,
        },
      },
    },
  };
  return as === "json" ? `${JSON.stringify(template, null, 2)}\n` : toYaml(template);
}
