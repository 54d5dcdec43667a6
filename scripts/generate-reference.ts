/** Writes docs/reference from contracts and declarations, and the index of decisions; `--check` fails, naming the file, where a committed document is stale. */
import { readFileSync, writeFileSync } from "node:fs";
import { functions } from "#infra/inventory.ts";
import packageJson from "../package.json" with { type: "json" };
import { configReference } from "./reference/config.ts";
import { decisionIndex } from "./reference/decisions.ts";
import { errorReference } from "./reference/errors.ts";
import { eventReference } from "./reference/events.ts";
import { functionReference } from "./reference/functions.ts";
import { openApiDocument } from "./reference/openapi.ts";

const contracts = functions.flatMap((spec) => spec.contracts ?? []).sort((a, b) => a.name.localeCompare(b.name, "en"));
const documents: Readonly<Record<string, string>> = {
  "openapi.json": `${JSON.stringify(openApiDocument(contracts, packageJson.version), undefined, 2)}\n`,
  "errors.md": errorReference(contracts),
  "events.md": await eventReference(),
  "functions.md": functionReference(functions),
  "config.md": configReference(),
  "../decisions/README.md": decisionIndex(),
};

const read = (file: URL) => {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
};

const stale = Object.entries(documents).filter(([name, text]) => read(new URL(`../docs/reference/${name}`, import.meta.url)) !== text);
if (process.argv.includes("--check")) {
  for (const [name] of stale) process.stderr.write(`${name} in docs/reference is stale: run npm run reference\n`);
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  for (const [name, text] of stale) writeFileSync(new URL(`../docs/reference/${name}`, import.meta.url), text);
  process.stdout.write(`${stale.length} of ${Object.keys(documents).length} documents written\n`);
}
