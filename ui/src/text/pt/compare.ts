import type { Texts } from "../en";

export const compare: Texts["compare"] = {
  title: "Comparar duas políticas",
  navigation: "Comparar",
  description: "Se uma política nova permite algo que a anterior não permite: uma resposta exata, com uma solicitação que mostra isso.",
  old: "Política anterior",
  new: "Política nova",
  run: "Comparar",
  verdict: "Veredito",
  verdicts: {
    "no-new-access": "Nenhum acesso novo",
    "new-access": "Acesso novo",
    inconclusive: "Inconclusivo",
  },
  empty: "Ainda não há veredito",
  emptyHint: "Cole as duas políticas e escolha Comparar.",
};
