import { expect, test } from "vitest";
import { parseExact } from "../exact";
import { FORMATS, writePolicy } from "./formats";

const NAMED = { name: "orders", type: "identity", policy: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }] } };

test("files are named as asked, and no name leaves its folder", () => {
  expect(writePolicy("json", NAMED, "orders")?.fileName).toBe("orders.json");
  expect(writePolicy("terraform", NAMED, "../../orders api")?.fileName).toBe("orders-api.tf");
  expect(writePolicy("cloudFormationJson", NAMED, "é")?.fileName).toBe("policy.template.json");
  expect(writePolicy("cloudFormationYaml", NAMED, ".bashrc")?.fileName).toBe("bashrc.template.yaml");
});

test("JSON is the policy itself, of any type", () => {
  expect(JSON.parse(writePolicy("json", NAMED, "orders")?.text ?? "")).toEqual(NAMED.policy);
  expect(FORMATS.filter((format) => writePolicy(format, { ...NAMED, type: "session" }, "orders"))).toEqual(["json"]);
});

test("JSON has its numbers as they were", () => {
  const policy = parseExact('{"a":[9007199254740993,1.0]}');
  expect(writePolicy("json", { ...NAMED, policy }, "orders")?.text).toBe('{\n  "a": [\n    9007199254740993,\n    1.0\n  ]\n}');
});
