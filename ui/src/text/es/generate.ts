import type { Texts } from "../en";

export const generate: Texts["generate"] = {
  title: "Generar políticas",
  navigation: "Generar",
  description: "El privilegio mínimo que necesita una entidad principal, a partir de lo que hizo, con las llamadas en las que se apoya cada instrucción.",
  principal: "Entidad principal",
  principalHint: "Un ARN o un patrón con comodines sobre ARN, nombres y conjuntos de permisos.",
  run: "Generar",
  result: "Respuesta",
  empty: "Aún no hay políticas",
  emptyHint: "Indique una entidad principal y elija Generar.",
};
