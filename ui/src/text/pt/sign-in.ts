import type { Texts } from "../en";

export const signIn: Texts["signIn"] = {
  title: "Entrar",
  why: "Este leastwise pergunta quem você é. O que você cola só chega à API dele.",
  start: "Entrar",
  failed: "A entrada não foi concluída",
  tokenWhy: "Este leastwise foi iniciado com um token.",
  token: "Token",
  tokenKept: "Fica guardado somente nesta aba, até você fechá-la.",
  tokenWrong: "Este não é o token",
};
