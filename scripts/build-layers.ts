/**
 * Assembles the native Lambda layers in dist/layers: onnx-arm64, onnx-x64, duckdb-x64; one architecture each, nothing that runs only at install time.
 * ONNX Runtime ships the binaries of all platforms in its package. DuckDB's binding for linux/x64 is a package of its own, which npm installs
 * on that platform; elsewhere it is fetched by name.
 */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const modules = `${root}node_modules`;

function copy(layer: string, packagePath: string, keep: (path: string) => boolean = () => true): void {
  const target = `${root}dist/layers/${layer}/nodejs/node_modules/${packagePath}`;
  mkdirSync(target, { recursive: true });
  cpSync(`${modules}/${packagePath}`, target, { recursive: true, filter: (source) => keep(source.slice(modules.length + 1)) });
}

const unwanted = /\.(map|md|d\.ts|ts|lib|pdb)$|\/(test|tests|script|lib)(\/|$)/;

function onnx(arch: "arm64" | "x64"): void {
  const layer = `onnx-${arch}`;
  const binaries = "onnxruntime-node/bin/napi-v6";
  copy(layer, "onnxruntime-node", (path) => {
    if (unwanted.test(path)) return false;
    const [platform, cpu, file] = path.startsWith(`${binaries}/`) ? path.slice(binaries.length + 1).split("/") : [];
    if (platform === undefined) return true;
    if (platform !== "linux" || (cpu !== undefined && cpu !== arch)) return false;
    return file === undefined || !/cuda|tensorrt/.test(file);
  });
  copy(layer, "onnxruntime-common", (path) => !unwanted.test(path));
}

function duckdb(): void {
  const binding = "@duckdb/node-bindings-linux-x64";
  if (!existsSync(`${modules}/${binding}`)) {
    const { version } = JSON.parse(spawnSync("npm", ["pkg", "get", "version"], { cwd: `${modules}/@duckdb/node-bindings`, encoding: "utf8" }).stdout) as {
      version: string;
    };
    const fetched = spawnSync("npm", ["install", "--no-save", "--force", "--os=linux", "--cpu=x64", `${binding}@${version}`], { cwd: root, stdio: "inherit" });
    if (fetched.status !== 0) throw new Error(`could not fetch ${binding}@${version}`);
  }
  for (const name of ["@duckdb/node-api", "@duckdb/node-bindings", binding, "detect-libc"]) copy("duckdb-x64", name, (path) => !/\.(map|md|d\.ts)$/.test(path));
}

rmSync(`${root}dist/layers`, { recursive: true, force: true });
onnx("arm64");
onnx("x64");
duckdb();
process.stdout.write(`${readdirSync(`${root}dist/layers`).join(", ")}\n`);
