import { existsSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";

const DIST = join(import.meta.dirname, "../dist");
const IN_DIST = join(DIST, ".vite");
// Beside dist/ and not in it, where it would be served; and not among the packages, which an installation clears.
const ASIDE = join(import.meta.dirname, "../dist.manifest.json");

/** Which chunk needs which is for the budget alone, and nothing to serve: it is moved out of what was built. */
export function manifestAside(): Plugin {
  return {
    name: "manifest-aside",
    apply: "build",
    closeBundle() {
      moveAside();
    },
  };
}

/** The manifest of what was built last. */
export function readManifest(): unknown {
  // A build of before this file was there left it inside.
  moveAside();
  if (!existsSync(ASIDE)) throw new Error("nothing was built: npm run build");
  return JSON.parse(readFileSync(ASIDE, "utf8"));
}

function moveAside(): void {
  const written = join(IN_DIST, "manifest.json");
  if (!existsSync(written)) return;
  renameSync(written, ASIDE);
  rmSync(IN_DIST, { recursive: true });
}
