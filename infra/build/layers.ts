import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const output = join(root, "dist/layers");
const installed = join(root, "node_modules");

/** What Lambda unpacks to /opt: `nodejs/node_modules/...` for one architecture only. */
export const layerFolder = (name: LayerName) => join(output, name);

interface Part {
  readonly name: string;
  /** Whether a file or folder of the package belongs in the layer, by its path in the package. */
  readonly keep: (path: string) => boolean;
}

const notForRunning = /\.(map|md|ts|lib|pdb)$|(^|\/)(test|tests|script|lib)$/;
const runtimeFiles = (path: string) => !notForRunning.test(path);

/** ONNX Runtime's package has the binaries of every platform, and on linux/x64 those for CUDA. */
function onnxFiles(arch: "arm64" | "x64", path: string): boolean {
  const [, platform, cpu, file = ""] = /^bin\/napi-v\d+\/([^/]+)(?:\/([^/]+))?(?:\/(.+))?$/.exec(path) ?? [];
  return runtimeFiles(path) && (platform === undefined || platform === "linux") && (cpu === undefined || cpu === arch) && !/cuda|tensorrt/.test(file);
}

const onnx = (arch: "arm64" | "x64"): readonly Part[] => [
  { name: "onnxruntime-node", keep: (path) => onnxFiles(arch, path) },
  { name: "onnxruntime-common", keep: runtimeFiles },
];

const duckdbBinding = "@duckdb/node-bindings-linux-x64";
const everything = (path: string) => !/\.(map|md|d\.ts)$/.test(path);

const layers = {
  "onnx-arm64": onnx("arm64"),
  "onnx-x64": onnx("x64"),
  "duckdb-x64": ["@duckdb/node-api", "@duckdb/node-bindings", duckdbBinding, "detect-libc"].map((name) => ({ name, keep: everything })),
} as const satisfies Readonly<Record<string, readonly Part[]>>;
export type LayerName = keyof typeof layers;
export const layerNames = Object.keys(layers) as LayerName[];

const versionIn = (modules: string, name: string): string | undefined => {
  const file = join(modules, name, "package.json");
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version : undefined;
};

const isFresh = (layer: LayerName) =>
  layers[layer].every(({ name }) => {
    const version = versionIn(join(layerFolder(layer), "nodejs/node_modules"), name);
    return version !== undefined && version === (versionIn(installed, name) ?? versionIn(installed, "@duckdb/node-bindings"));
  });

/** npm installs DuckDB's binding of its own platform only. */
function fetchBinding(): void {
  if (existsSync(join(installed, duckdbBinding))) return;
  const wanted = `${duckdbBinding}@${versionIn(installed, "@duckdb/node-bindings")}`;
  const fetched = spawnSync("npm", ["install", "--no-save", "--force", "--os=linux", "--cpu=x64", wanted], { cwd: root, stdio: "inherit" });
  if (fetched.status !== 0) throw new Error(`could not fetch ${wanted}`);
}

function assemble(layer: LayerName): void {
  mkdirSync(output, { recursive: true });
  const unfinished = mkdtempSync(join(output, ".unfinished-"));
  for (const { name, keep } of layers[layer]) {
    const source = join(installed, name);
    const target = join(unfinished, "nodejs/node_modules", name);
    cpSync(source, target, { recursive: true, filter: (path) => keep(path.slice(source.length + 1)) });
  }
  try {
    rmSync(layerFolder(layer), { recursive: true, force: true });
    renameSync(unfinished, layerFolder(layer));
  } catch (error) {
    // Another process was faster.
    rmSync(unfinished, { recursive: true, force: true });
    if (!isFresh(layer)) throw error;
  }
}

/** Assembles in dist/layers what is missing there or of another version than the one installed. @returns the layers made */
export function buildLayers(): readonly LayerName[] {
  const stale = layerNames.filter((name) => !isFresh(name));
  if (stale.includes("duckdb-x64")) fetchBinding();
  for (const name of stale) assemble(name);
  return stale;
}
