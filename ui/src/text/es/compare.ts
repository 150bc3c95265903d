import type { Texts } from "../en";

export const compare: Texts["compare"] = {
  title: "Comparar dos políticas",
  navigation: "Comparar",
  description: "Si una política nueva permite algo que la anterior no permite: una respuesta exacta, con una solicitud que lo muestra.",
  old: "Política anterior",
  new: "Política nueva",
  run: "Comparar",
  verdict: "Veredicto",
  verdicts: {
    "no-new-access": "Ningún acceso nuevo",
    "new-access": "Acceso nuevo",
    inconclusive: "No concluyente",
  },
  empty: "Aún no hay veredicto",
  emptyHint: "Pegue ambas políticas y elija Comparar.",
};
