import { toJson } from "../document";
import { toCloudFormation } from "./cloudformation";
import { toTerraform } from "./terraform";

export const FORMATS = ["json", "terraform", "cloudFormationYaml", "cloudFormationJson"] as const;
export type Format = (typeof FORMATS)[number];

/** A policy to write: `name` becomes the policy's, as far as a format has room for it. */
export interface Named {
  name: string;
  type: string;
  policy: unknown;
}

export interface Written {
  text: string;
  fileName: string;
  mediaType: string;
  language: "json" | "text";
}

/** For the tools that deploy policies; undefined where a format has no place for one, or would not keep it as it is. */
export function writePolicy(format: Format, named: Named, file: string): Written | undefined {
  const text = textOf(format, named);
  if (text === undefined) return undefined;
  const isJson = format === "json" || format === "cloudFormationJson";
  return {
    text,
    fileName: `${fileNameOf(file)}${ENDINGS[format]}`,
    mediaType: isJson ? "application/json" : "text/plain",
    language: isJson ? "json" : "text",
  };
}

const ENDINGS: Record<Format, string> = {
  json: ".json",
  terraform: ".tf",
  cloudFormationYaml: ".template.yaml",
  cloudFormationJson: ".template.json",
};

function textOf(format: Format, named: Named): string | undefined {
  switch (format) {
    case "json":
      return toJson(named.policy);
    case "terraform":
      return toTerraform(named);
    case "cloudFormationYaml":
      return toCloudFormation(named, "yaml");
    case "cloudFormationJson":
      return toCloudFormation(named, "json");
  }
}

// No name leaves its folder, or hides.
function fileNameOf(name: string): string {
  return name.replace(/[^\w.-]+/g, "-").replace(/^[.-]+/, "") || "policy";
}
