import type { Texts } from "../en";

export const score: Texts["score"] = {
  title: "Puntuar una política",
  navigation: "Puntuar",
  description: "Pegue una política: vea lo que permite de verdad, qué tiene de malo y una versión mejor que, está demostrado, no permite nada nuevo.",
  policy: "Política",
  editor: "Política en JSON",
  run: "Puntuar",
  result: "Puntuación",
  outOf: (score) => `${score} de 10`,
  unreadable: "No se puede leer la política",
  risk: (risk) => `Riesgo: ${risk} de 100`,
  empty: "Aún no hay puntuación",
  emptyHint: "Pegue una política y elija Puntuar.",
};
