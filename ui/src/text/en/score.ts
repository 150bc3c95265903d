export const score = {
  title: "Score a policy",
  navigation: "Score",
  description: "Paste a policy: see what it really allows, what is wrong with it, and a better version that is proved to allow nothing new.",
  policy: "Policy",
  editor: "Policy as JSON",
  run: "Score",
  result: "Score",
  outOf: (score: string) => `${score} out of 10`,
  unreadable: "The policy cannot be read",
  risk: (risk: string) => `Risk ${risk} of 100`,
  empty: "No score yet",
  emptyHint: "Paste a policy and choose Score.",
};
