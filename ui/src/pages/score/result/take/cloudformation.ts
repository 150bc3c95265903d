import { targetOf } from "./targets";
import { toYaml } from "./yaml";

/** A template with the policy as its only resource; undefined where CloudFormation has none for it. */
export function toCloudFormation(policy: unknown, type: string, as: "yaml" | "json"): string | undefined {
  const target = targetOf(policy, type).cloudFormation;
  if (!target) return undefined;
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
