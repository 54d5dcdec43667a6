import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { median } from "../measurement.ts";
import { memoryMb } from "../processes.ts";
import { inferBody, models, signatureOf } from "./models.ts";

const repeats = 5;
const root = fileURLToPath(new URL("../../..", import.meta.url));

/** The server as functions/inference/Dockerfile puts it into an image: one bundle, ONNX Runtime beside it. */
async function bundle(): Promise<string> {
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

async function startOnce(server: string, folder: string): Promise<{ readonly milliseconds: number; readonly memory: number }> {
  const began = performance.now();
  const child = fork(server, {
    env: {
      PATH: process.env["PATH"],
      HOST: "127.0.0.1",
      PORT: "0",
      LOG_LEVEL: "warn",
      CAPSTAN_MODEL_FOLDER: folder,
      CAPSTAN_CACHE_FOLDER: join(folder, "cache"),
    },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const exit = once(child, "exit");
  const [{ port }] = (await once(child, "message")) as [{ port: number }];
  const answer = await fetch(`http://127.0.0.1:${port}/v2/models/model/infer`, { method: "POST", body: inferBody(models.tiny) });
  const milliseconds = performance.now() - began;
  if (!answer.ok) throw new Error(await answer.text());
  const memory = memoryMb([child.pid ?? 0]);
  child.kill("SIGTERM");
  await exit;
  return { milliseconds, memory };
}

/** A container with one tiny model in its folder: median time from the start of its process to its first prediction, and its memory then. */
export async function coldStart(): Promise<{ readonly firstPredictionMs: number; readonly memory: number }> {
  const server = await bundle();
  const folder = await mkdtemp(join(tmpdir(), "capstan-bench-"));
  await writeFile(join(folder, "model.onnx"), models.tiny.onnx);
  await writeFile(join(folder, "capstan.json"), JSON.stringify(signatureOf(models.tiny)));
  const starts = [];
  for (let repeat = 0; repeat < repeats; repeat += 1) starts.push(await startOnce(server, folder));
  await rm(folder, { recursive: true, force: true });
  return { firstPredictionMs: median(starts.map(({ milliseconds }) => milliseconds)), memory: median(starts.map(({ memory }) => memory)) };
}
