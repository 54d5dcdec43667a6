import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type BuildOptions, build, type Plugin } from "esbuild";
import type { FunctionSpec } from "#contracts/function-spec.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const credentials = fileURLToPath(new URL("./lambda-credentials.ts", import.meta.url));
const output = join(root, "dist/functions");

/** The folder that becomes a function's code: `index.mjs`, or `index.js` where it is CommonJS. */
export const bundleFolder = (name: string) => join(output, name);

/** Only `require` looks into /opt/nodejs/node_modules, so that functions with native layers are CommonJS. */
const isCommonJs = ({ onnx = false, duckdb = false }: FunctionSpec) => onnx || duckdb;
export const bundleFile = (spec: FunctionSpec) => join(bundleFolder(spec.name), isCommonJs(spec) ? "index.js" : "index.mjs");

/**
 * The SDK's schemas have computed keys (`{ [_hH]: 1 }`) over constants of the same file. esbuild must suppose that such a key runs code, and
 * keeps every schema of the service; with the constants in their place it drops those that nothing uses.
 */
const plainSchemaKeys: Plugin = {
  name: "plain-schema-keys",
  setup: (builder) =>
    builder.onLoad({ filter: /@aws-sdk[\\/]client-[\w-]+[\\/]dist-es[\\/]schemas[\\/]schemas_0\.js$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      const constants = new Map([...source.matchAll(/^const (_\w+) = ("[^"]*");$/gm)].map(([, name, value]) => [name, value]));
      return { contents: source.replaceAll(/\[(_\w+)\]:/g, (all, name: string) => (constants.has(name) ? `${constants.get(name)}:` : all)) };
    }),
};

const optionsOf = (specs: readonly FunctionSpec[]) =>
  ({
    absWorkingDir: root,
    entryPoints: specs.map((spec) => ({ in: `functions/${spec.name}/lambda.ts`, out: `${spec.name}/index` })),
    outdir: output,
    write: false,
    bundle: true,
    minify: true,
    platform: "node",
    target: "node24",
    mainFields: ["module", "main"],
    external: ["onnxruntime-node", "@duckdb/node-api"],
    alias: { "@aws-sdk/credential-provider-node": credentials },
    plugins: [plainSchemaKeys],
    logLevel: "warning",
  }) satisfies BuildOptions;

/** ES modules start faster; they need a `require` for a CommonJS dependency. */
const banner = "import{createRequire}from'node:module';const require=createRequire(import.meta.url);";

function current(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

/** Never leaves half a file, nor touches one that is as it should be: several processes may bundle at once. */
function place(path: string, contents: Uint8Array): void {
  if (current(path)?.equals(contents)) return;
  mkdirSync(dirname(path), { recursive: true });
  rmSync(path.endsWith(".mjs") ? path.replace(/mjs$/, "js") : path.replace(/js$/, "mjs"), { force: true });
  const unfinished = `${dirname(path)}.${process.pid}`;
  writeFileSync(unfinished, contents);
  renameSync(unfinished, path);
}

/** Bundles functions into dist/functions/<name>: all that a function needs in one file, the SDK too, but for native packages. */
export async function bundleFunctions(specs: readonly FunctionSpec[]): Promise<void> {
  const [native, plain] = [specs.filter(isCommonJs), specs.filter((spec) => !isCommonJs(spec))];
  const modules = await build({ ...optionsOf(plain), format: "esm", outExtension: { ".js": ".mjs" }, banner: { js: banner } });
  const scripts = await build({ ...optionsOf(native), format: "cjs" });
  for (const { path, contents } of [...modules.outputFiles, ...scripts.outputFiles]) place(path, contents);
}
