import I18nProvider, { type I18nProviderProps } from "@cloudscape-design/components/i18n";
import { type ReactNode, createContext, useContext, useEffect, useMemo, useState } from "react";
import type { Texts } from "./en";
import { type Format, formatFor } from "./format";
import { type Language, htmlLanguage, loadMessages, loadTexts, localeOf, storeLanguage } from "./languages";

export interface Loaded {
  language: Language;
  texts: Texts;
  messages: I18nProviderProps.Messages;
}

interface TextsValue {
  texts: Texts;
  format: Format;
  language: Language;
  setLanguage: (language: Language) => void;
}

const TextsContext = createContext<TextsValue | undefined>(undefined);

export async function loadLanguage(language: Language): Promise<Loaded> {
  const [texts, messages] = await Promise.all([loadTexts(language), loadMessages(language)]);
  return { language, texts, messages };
}

/** `first` is loaded before the first render, so that nothing is ever shown in the wrong language. */
export function TextsProvider({ first, children }: { first: Loaded; children: ReactNode }) {
  const [loaded, setLoaded] = useState(first);
  const { language, texts, messages } = loaded;

  useEffect(() => {
    document.documentElement.lang = htmlLanguage(language);
  }, [language]);

  const value = useMemo<TextsValue>(
    () => ({
      texts,
      language,
      format: formatFor(localeOf(language)),
      setLanguage: (next) => {
        storeLanguage(next);
        // Offline, a language that was never loaded cannot be; the one before stays.
        loadLanguage(next).then(setLoaded, () => undefined);
      },
    }),
    [texts, language],
  );
  return (
    <TextsContext value={value}>
      <I18nProvider locale={htmlLanguage(language)} messages={[messages]}>
        {children}
      </I18nProvider>
    </TextsContext>
  );
}

export function useTexts(): TextsValue {
  const value = useContext(TextsContext);
  if (!value) throw new Error("useTexts stands outside of TextsProvider");
  return value;
}
