import type { Texts } from "../en";

export const usage: Texts["usage"] = {
  title: "Uso",
  navigation: "Uso",
  description: "O que as entidades principais realmente fizeram, contado a partir do CloudTrail.",
  totals: "Totais",
  events: "Eventos",
  allowed: "Bem-sucedidos",
  failed: "Autorizados, com falha por outro motivo",
  denied: "Negados",
  unknown: "Desconhecidos do catálogo",
  principals: "Entidades principais",
  empty: "Nada foi contado ainda",
  emptyHint: "Os números chegam com as entregas do CloudTrail ou com `leastwise analyze --store`.",
  behind: "Algumas entregas estão a caminho e ainda não estão nos números.",
  mostActive: "Entidades principais mais ativas",
  principal: {
    title: "Entidade principal",
    description: "O que uma entidade principal usou: cada permissão em cada recurso, com evidências.",
    account: "Conta",
    lastSeen: "Vista pela última vez",
    missing: "Nenhuma entidade principal foi escolhida",
    missingHint: "Escolha uma na página Uso.",
  },
};
