export const generate = {
  title: "Generate policies",
  navigation: "Generate",
  description: "The least privilege that a principal needs, from what it did, with the calls that each statement rests on.",
  principal: "Principal",
  principalHint: "An ARN, or a glob over ARNs, names and permission sets.",
  run: "Generate",
  result: "Answer",
  empty: "No policies yet",
  emptyHint: "Name a principal and choose Generate.",
};
