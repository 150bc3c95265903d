/** An action has a service and a name, or is a glob over them. */
export function isActionGlob(text: string): boolean {
  return /^[^\s:]*[:*][^\s]*$/.test(text);
}
