import type { Texts } from "../en";

export const generate: Texts["generate"] = {
  title: "Gerar políticas",
  navigation: "Gerar",
  description: "O privilégio mínimo de que uma entidade principal precisa, a partir do que ela fez, com as chamadas em que cada instrução se apoia.",
  principal: "Entidade principal",
  principalHint: "Um ARN ou um padrão com curingas sobre ARNs, nomes e conjuntos de permissões.",
  run: "Gerar",
  result: "Resposta",
  empty: "Ainda não há políticas",
  emptyHint: "Informe uma entidade principal e escolha Gerar.",
};
