import { Mode, applyMode } from "@cloudscape-design/global-styles";
import { type ReactNode, createContext, useContext, useLayoutEffect, useMemo, useState, useSyncExternalStore } from "react";

export const THEMES = ["system", "light", "dark"] as const;
export type ThemeChoice = (typeof THEMES)[number];

interface ThemeValue {
  choice: ThemeChoice;
  dark: boolean;
  setChoice: (choice: ThemeChoice) => void;
}

// public/theme.js reads the same key before the first paint.
const STORED = "leastwise.theme";
const system = window.matchMedia("(prefers-color-scheme: dark)");
const ThemeContext = createContext<ThemeValue | undefined>(undefined);

export function ThemeProvider({ children }: { children: ReactNode }) {
  const [choice, setChoice] = useState(storedChoice);
  const systemIsDark = useSyncExternalStore(onSystem, () => system.matches);
  const dark = choice === "system" ? systemIsDark : choice === "dark";

  useLayoutEffect(() => {
    applyMode(dark ? Mode.Dark : Mode.Light);
    document.documentElement.dataset.theme = dark ? "dark" : "light";
  }, [dark]);

  const value = useMemo<ThemeValue>(
    () => ({
      choice,
      dark,
      setChoice: (next) => {
        store(next);
        setChoice(next);
      },
    }),
    [choice, dark],
  );
  return <ThemeContext value={value}>{children}</ThemeContext>;
}

export function useTheme(): ThemeValue {
  const value = useContext(ThemeContext);
  if (!value) throw new Error("useTheme stands outside of ThemeProvider");
  return value;
}

function onSystem(listener: () => void): () => void {
  system.addEventListener("change", listener);
  return () => system.removeEventListener("change", listener);
}

function storedChoice(): ThemeChoice {
  try {
    return THEMES.find((theme) => theme === localStorage.getItem(STORED)) ?? "system";
  } catch {
    return "system";
  }
}

function store(choice: ThemeChoice): void {
  try {
    localStorage.setItem(STORED, choice);
  } catch {
    // It holds until the next reload.
  }
}
