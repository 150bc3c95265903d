export const compare = {
  title: "Compare two policies",
  navigation: "Compare",
  description: "Whether a new policy allows anything that the old one does not: an exact answer, with a request that shows it.",
  old: "Old policy",
  new: "New policy",
  run: "Compare",
  verdict: "Verdict",
  verdicts: {
    "no-new-access": "No new access",
    "new-access": "New access",
    inconclusive: "Inconclusive",
  },
  empty: "No verdict yet",
  emptyHint: "Paste both policies and choose Compare.",
};
