import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Plugin } from "vite";

const STYLES = "@cloudscape-design/global-styles/index.css";

/**
 * Cloudscape's global styles carry their fonts as data: URLs: every visitor would load all eight before the first
 * paint, and the content security policy would have to allow `font-src data:`. As files they load when they are
 * needed, and from 'self'.
 */
export function fontsAsFiles(): Plugin {
  return {
    name: "fonts-as-files",
    enforce: "pre",
    config() {
      const folder = join(import.meta.dirname, "../node_modules/.cache/global-styles");
      mkdirSync(folder, { recursive: true });
      const source = readFileSync(createRequire(import.meta.url).resolve(STYLES), "utf8");
      const styles = source.replace(/url\('data:font\/woff2;base64,([^']+)'\)/g, (_, encoded: string) => {
        const font = Buffer.from(encoded, "base64");
        const name = `open-sans-${createHash("sha256").update(font).digest("hex").slice(0, 8)}.woff2`;
        writeFileSync(join(folder, name), font);
        return `url('./${name}')`;
      });
      const file = join(folder, "index.css");
      writeFileSync(file, styles);
      return { resolve: { alias: { [STYLES]: file } } };
    },
  };
}
