import type { Texts } from "../en";

export const score: Texts["score"] = {
  title: "Pontuar uma política",
  navigation: "Pontuar",
  description: "Cole uma política: veja o que ela realmente permite, o que há de errado e uma versão melhor que, está provado, não permite nada novo.",
  policy: "Política",
  editor: "Política em JSON",
  run: "Pontuar",
  result: "Pontuação",
  outOf: (score) => `${score} de 10`,
  unreadable: "Não foi possível ler a política",
  risk: (risk) => `Risco: ${risk} de 100`,
  empty: "Ainda não há pontuação",
  emptyHint: "Cole uma política e escolha Pontuar.",
};
