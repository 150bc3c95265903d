import { join } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { fontsAsFiles } from "./build/fonts-as-files.ts";
import { manifestAside } from "./build/manifest-aside.ts";

export default defineConfig({
  plugins: [react(), fontsAsFiles(), manifestAside()],
  resolve: {
    alias: {
      // The package of tokens is released apart from the components, and its custom properties are then named by
      // another hash than those that the components define. Its types hold; the values come from the components.
      "@cloudscape-design/design-tokens": join(
        import.meta.dirname,
        "node_modules/@cloudscape-design/components/internal/generated/styles/tokens.js",
      ),
    },
  },
  server: {
    proxy: { "/api": process.env.LEASTWISE_API ?? "http://127.0.0.1:8787" },
  },
  build: {
    manifest: true,
    sourcemap: false,
    // Nothing becomes a data: URL, so the content security policy need not allow one for fonts or scripts.
    assetsInlineLimit: 0,
    // Vite would write an inline script for browsers without modulepreload; all that run the portal have it.
    modulePreload: { polyfill: false },
    target: "es2022",
    chunkSizeWarningLimit: 1500,
  },
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.{ts,tsx}"],
    restoreMocks: true,
    unstubGlobals: true,
  },
});
