import { expect, test } from "vitest";
import { layOut, wrap } from "./escalation-layout";

test("actions stand one below the other, between who has the policy and what they gain", () => {
  const { principal, actions, gain, edges, height } = layOut("Whoever has this policy", ["iam:PassRole", "lambda:CreateFunction"], "Start something");
  const [first, second] = actions;
  if (!first || !second) throw new Error("two actions, two nodes");
  expect(first.y + first.height).toBeLessThan(second.y);
  expect(second.y + second.height).toBeLessThanOrEqual(height);
  expect(principal.x + principal.width).toBeLessThan(first.x);
  expect(first.x + first.width).toBeLessThan(gain.x);
  expect(edges).toHaveLength(4);
});

test("a path of one action and a long text still fits", () => {
  const { gain, height } = layOut("Who", ["iam:PutRolePolicy"], "Change their own policies and those of everybody else in the account");
  expect(gain.y).toBeGreaterThanOrEqual(0);
  expect(gain.y + gain.height).toBeLessThanOrEqual(height);
});

test("long actions break behind the colon, and nothing of them is lost", () => {
  const action = "sso:AttachCustomerManagedPolicyReferenceToPermissionSet";
  const lines = layOut("Who", [action], "gain").actions[0]?.lines ?? [];
  expect(lines[0]).toBe("sso:");
  expect(lines.join("")).toBe(action);
});

test("words wrap at spaces", () => {
  expect(wrap("Whoever has this policy", 16)).toEqual(["Whoever has this", "policy"]);
  expect(wrap("", 16)).toEqual([]);
});
