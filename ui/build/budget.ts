// Prints what a first visit to the Score page loads, gzipped, and fails over the budget.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { readManifest } from "./manifest-aside.ts";

const BUDGET = 450_000;
const DIST = join(import.meta.dirname, "../dist");
// The entry, and what it asks for at once: the page, and Cloudscape's messages in one language.
const FIRST_LOAD = ["index.html", "src/pages/score/index.tsx", /messages\/all\.en\.js$/];

interface Chunk {
  file: string;
  src?: string;
  imports?: string[];
  css?: string[];
}

const manifest = readManifest() as Record<string, Chunk>;
const hidden = readdirSync(DIST).filter((name) => name.startsWith("."));
if (hidden.length > 0) {
  console.error(`${hidden.join(", ")} in dist/ would be served`);
  process.exit(1);
}
const files = new Set<string>(["index.html", "theme.js"]);

function add(key: string): void {
  const chunk = manifest[key];
  if (!chunk || files.has(chunk.file)) return;
  files.add(chunk.file);
  chunk.css?.forEach((file) => files.add(file));
  chunk.imports?.forEach(add);
}

for (const wanted of FIRST_LOAD) {
  const keys = Object.keys(manifest).filter((key) => (typeof wanted === "string" ? key === wanted : wanted.test(key)));
  if (keys.length === 0) {
    console.error(`no chunk for ${wanted}: is every page imported lazily?`);
    process.exit(1);
  }
  keys.forEach(add);
}

const sizes = [...files]
  .map((file) => ({ file, bytes: gzipSync(readFileSync(join(DIST, file)), { level: 9 }).length }))
  .sort((left, right) => right.bytes - left.bytes);
const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
for (const { file, bytes } of sizes) console.log(`${(bytes / 1000).toFixed(1).padStart(8)} kB  ${file}`);
console.log(`${(total / 1000).toFixed(1).padStart(8)} kB  first load of the Score page, gzipped; the budget is ${BUDGET / 1000} kB`);
if (total > BUDGET) {
  console.error("over budget");
  process.exit(1);
}
