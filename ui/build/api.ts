// Writes src/api/schema.ts from the committed OpenAPI file; with --check it fails where that would change it.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import openapi, { astToString } from "openapi-typescript";

const SOURCE = join(import.meta.dirname, "../../docs/openapi.json");
const TARGET = join(import.meta.dirname, "../src/api/schema.ts");

const document = JSON.parse(readFileSync(SOURCE, "utf8"));
const schema =
  "// Generated from docs/openapi.json by `npm run api`.\n\n" +
  astToString(await openapi(document, { emptyObjectsUnknown: true }));

if (process.argv.includes("--check")) {
  if (readFileSync(TARGET, "utf8") !== schema) {
    console.error("src/api/schema.ts is stale: run `npm run api`");
    process.exit(1);
  }
} else {
  writeFileSync(TARGET, schema);
}
