import { texts as english, type Texts } from "./en";

export const LANGUAGES = ["en", "es", "pt"] as const;
export type Language = (typeof LANGUAGES)[number];

/** Each language by its own name. */
export const LANGUAGE_NAMES: Record<Language, string> = { en: "English", es: "Español", pt: "Português (Brasil)" };

const STORED = "leastwise.language";
const DEFAULT_LOCALES: Record<Language, string> = { en: "en-US", es: "es-ES", pt: "pt-BR" };

/** The language that was chosen, else the first of the browser's that the portal speaks. */
export function preferredLanguage(): Language {
  let stored: string | null = null;
  try {
    stored = localStorage.getItem(STORED);
  } catch {
    // Storage may be forbidden; the browser's language stands.
  }
  const wanted = [stored ?? "", ...navigator.languages].map((tag) => tag.slice(0, 2).toLowerCase());
  return wanted.find(isLanguage) ?? "en";
}

export function storeLanguage(language: Language): void {
  try {
    localStorage.setItem(STORED, language);
  } catch {
    // It holds until the next reload.
  }
}

/** How numbers and dates are written: as where the browser says it is, if that speaks the language. */
export function localeOf(language: Language): string {
  return navigator.languages.find((tag) => tag.slice(0, 2).toLowerCase() === language && tag.length > 2) ?? DEFAULT_LOCALES[language];
}

/** What `<html lang>` says: the language that the texts are in. */
export function htmlLanguage(language: Language): string {
  return language === "pt" ? "pt-BR" : language;
}

export async function loadTexts(language: Language): Promise<Texts> {
  if (language === "es") return (await import("./es")).texts;
  if (language === "pt") return (await import("./pt")).texts;
  return english;
}

/** The texts of Cloudscape's own components. */
export async function loadMessages(language: Language) {
  if (language === "es") return (await import("@cloudscape-design/components/i18n/messages/all.es")).default;
  if (language === "pt") return (await import("@cloudscape-design/components/i18n/messages/all.pt-BR")).default;
  return (await import("@cloudscape-design/components/i18n/messages/all.en")).default;
}

function isLanguage(tag: string): tag is Language {
  return (LANGUAGES as readonly string[]).includes(tag);
}
