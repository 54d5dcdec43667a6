import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testPort } from "#test/support/platform.ts";
import packageJson from "../../../package.json" with { type: "json" };

const root = fileURLToPath(new URL("../../..", import.meta.url));
const limitMs = 240_000;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "capstan-demo-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs a command as its users do, without what this process was told. @returns its exit code and all that it printed */
const run = (command: string, args: readonly string[]) =>
  new Promise<{ readonly code: number | string; readonly output: string }>((resolve) => {
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(AWS_|CAPSTAN_|VITEST|NODE_ENV)/.test(name)));
    execFile(command, args, { cwd: root, env, timeout: limitMs, maxBuffer: 2 ** 24 }, (error, stdout, stderr) =>
      resolve({ code: error ? (error.code ?? String(error.signal)) : 0, output: stdout + stderr }),
    );
  });

describe("npm run demo", () => {
  it(
    "does the whole main job on a new data folder, verifies every step, and ends with its own platform",
    async () => {
      const [, script = ""] = packageJson.scripts.demo.split(" ");

      const { code, output } = await run(process.execPath, [script, "--data", join(folder, "data"), "--port", String(await testPort()), "--exit"]);

      expect({ code, end: output.trim().split("\n").at(-1) }, output).toMatchObject({
        code: 0,
        end: expect.stringMatching(/^All \d+ steps were verified by reading their results back, in [\d.]+ s\.$/),
      });
    },
    limitMs + 10_000,
  );
});
