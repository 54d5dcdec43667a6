import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { type BenchModel, signatureOf } from "./models.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** The server as functions/inference/Dockerfile puts it into an image: one bundle, ONNX Runtime beside it. @returns its file */
export async function bundleServer(): Promise<string> {
  const outfile = join(root, "dist/bench/server.mjs");
  await build({
    absWorkingDir: root,
    entryPoints: ["functions/inference/server.ts"],
    outfile,
    bundle: true,
    minify: true,
    platform: "node",
    target: "node24",
    format: "esm",
    mainFields: ["module", "main"],
    external: ["onnxruntime-node"],
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
    logLevel: "warning",
  });
  return outfile;
}

/** A folder with one model, as a container finds it; removed when the work is done. */
export async function withModelFolder<T>(model: BenchModel, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "capstan-bench-"));
  try {
    await writeFile(join(folder, "model.onnx"), model.onnx);
    await writeFile(join(folder, "capstan.json"), JSON.stringify(signatureOf(model)));
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export interface Container {
  readonly url: string;
  readonly pid: number;
  readonly stop: () => Promise<void>;
}

/** Starts the bundle on a model's folder, as many processes of it as asked. */
export async function startContainer(server: string, folder: string, processes = 1): Promise<Container> {
  const child = fork(server, {
    env: {
      PATH: process.env["PATH"],
      HOST: "127.0.0.1",
      PORT: "0",
      LOG_LEVEL: "warn",
      CAPSTAN_SERVING_PROCESSES: String(processes),
      CAPSTAN_MODEL_FOLDER: folder,
      CAPSTAN_CACHE_FOLDER: join(folder, "cache"),
    },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const exit = once(child, "exit");
  const [{ port }] = (await once(child, "message")) as [{ port: number }];
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    stop: async () => {
      child.kill("SIGTERM");
      await exit;
    },
  };
}
