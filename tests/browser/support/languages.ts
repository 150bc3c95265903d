import { texts as en } from "../../../ui/src/text/en/index";
import { texts as es } from "../../../ui/src/text/es/index";
import { texts as pt } from "../../../ui/src/text/pt/index";

/** The portal's own texts: a test that reads them holds in every language. */
export const TEXTS = { en, es, pt };
export type Language = keyof typeof TEXTS;
export const LANGUAGES = Object.keys(TEXTS) as Language[];
export const HTML_LANGUAGE: Record<Language, string> = { en: "en", es: "es", pt: "pt-BR" };

/** English texts that `language` says otherwise: none of them may stand in a page of that language. */
export function untranslated(language: Language): Set<string> {
  const found = new Set<string>();
  const others = new Set<string>();
  visit(TEXTS[language], (text) => others.add(text));
  visit(en, (text) => {
    if (!others.has(text) && text.length > 3) found.add(text);
  });
  return found;
}

function visit(value: unknown, take: (text: string) => void): void {
  if (typeof value === "string") take(value);
  else if (typeof value === "object" && value !== null) Object.values(value).forEach((inner) => visit(inner, take));
}
