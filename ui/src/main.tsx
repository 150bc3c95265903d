import "@cloudscape-design/global-styles/index.css";
import "./application.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { BrowserRouter } from "react-router";
import { Application } from "./application";
import { SignInProvider } from "./sign-in/context";
import { TextsProvider, loadLanguage } from "./text/context";
import { preferredLanguage } from "./text/languages";
import { ThemeProvider } from "./theme/context";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");

// The other languages are files of their own; where one does not come, English stands in the program itself.
const first = await loadLanguage(preferredLanguage()).catch(() => loadLanguage("en"));

createRoot(root).render(
  <StrictMode>
    <BrowserRouter>
      <TextsProvider first={first}>
        <ThemeProvider>
          <SignInProvider>
            <Application />
          </SignInProvider>
        </ThemeProvider>
      </TextsProvider>
    </BrowserRouter>
  </StrictMode>,
);
