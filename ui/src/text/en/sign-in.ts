export const signIn = {
  title: "Sign in",
  why: "This leastwise asks who you are. What you paste goes nowhere but to its own API.",
  start: "Sign in",
  failed: "The sign-in did not come to an end",
  tokenWhy: "This leastwise was started with a token.",
  token: "Token",
  tokenKept: "It is kept in this tab only, until you close it.",
  tokenWrong: "This is not the token",
};
