import type { Texts } from "../en";

export const signIn: Texts["signIn"] = {
  title: "Iniciar sesión",
  why: "Este leastwise pregunta quién es usted. Lo que pegue solo llega a su propia API.",
  start: "Iniciar sesión",
  failed: "No se completó el inicio de sesión",
  tokenWhy: "Este leastwise se inició con un token.",
  token: "Token",
  tokenKept: "Se guarda solo en esta pestaña, hasta que la cierre.",
  tokenWrong: "Este no es el token",
};
