import type { Texts } from "../en";

export const common: Texts["common"] = {
  loading: "Cargando",
  error: "Error",
  tryAgain: "Reintentar",
  copy: "Copiar",
  copied: "Copiado",
  notCopied: "No se pudo copiar: seleccione el texto y cópielo",
  download: "Descargar",
  cancel: "Cancelar",
  close: "Cerrar",
  optional: "opcional",
  showAll: (count) => `Mostrar todo (${count})`,
  showMore: (count) => `Mostrar ${count} más`,
  showFewer: "Mostrar menos",
  severity: {
    error: "Error",
    "security-warning": "Advertencia de seguridad",
    warning: "Advertencia",
    suggestion: "Sugerencia",
  },
  problems: {
    network: { header: "No hay respuesta", detail: "No se puede acceder a la API de leastwise.", hint: "Compruebe la conexión y que el servidor esté en marcha. Lo que ha escrito se conserva." },
    timedOut: { header: "Sin respuesta en 30 segundos", detail: "Se abandonó la solicitud.", hint: "Vuelva a intentarlo. Un periodo más corto o menos entidades principales tardan menos." },
    unexpected: { header: "Algo ha fallado en esta página", detail: "Es un fallo del portal.", hint: "Vuelva a intentarlo o recargue la página. Lo que ha escrito se conserva." },
    signedOut: { header: "Su sesión ha terminado", hint: "Inicie sesión de nuevo. Lo que ha escrito se conserva." },
    forbidden: { header: "No tiene permiso para ver esto", hint: "Pida a quien administra leastwise que lo añada a un grupo que lo tenga." },
    tooLarge: { header: "Es demasiado de una vez", hint: "Envíe menos políticas o políticas más pequeñas." },
    busy: { header: "leastwise está ocupado", hint: "Vuelva a intentarlo dentro de un momento." },
    notTaken: { header: "No se aceptó la solicitud" },
    failed: { header: "leastwise no pudo responder", hint: "Vuelva a intentarlo. Si persiste, el registro del servidor dice más." },
  },
};
