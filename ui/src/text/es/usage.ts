import type { Texts } from "../en";

export const usage: Texts["usage"] = {
  title: "Uso",
  navigation: "Uso",
  description: "Lo que las entidades principales hicieron de verdad, contado a partir de CloudTrail.",
  totals: "Totales",
  events: "Eventos",
  allowed: "Con éxito",
  failed: "Autorizados, fallidos por otra causa",
  denied: "Denegados",
  unknown: "Desconocidos para el catálogo",
  principals: "Entidades principales",
  empty: "Todavía no se ha contado nada",
  emptyHint: "Los números llegan con las entregas de CloudTrail o con `leastwise analyze --store`.",
  behind: "Algunas entregas están en camino y aún no figuran en los números.",
  mostActive: "Entidades principales más activas",
  principal: {
    title: "Entidad principal",
    description: "Lo que usó una entidad principal: cada permiso sobre cada recurso, con pruebas.",
    account: "Cuenta",
    lastSeen: "Vista por última vez",
    missing: "No se eligió ninguna entidad principal",
    missingHint: "Elija una en la página Uso.",
  },
};
