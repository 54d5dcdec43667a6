import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { startTestPlatform, type TestPlatform } from "#test/support/platform.ts";
import { pythonPath } from "#test/support/python.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));

describe("docs/examples", () => {
  let platform: TestPlatform;

  const send = (method: string, path: string, body: string) => fetch(`${platform.url}/capstan/v1/${path}`, { method, body });
  const example = async (name: string, args: readonly string[] = []): Promise<string> => {
    const env = { ...process.env, MLFLOW_TRACKING_URI: platform.url };
    const { stdout } = await promisify(execFile)(pythonPath, [`docs/examples/${name}`, ...args], { cwd: root, env });
    return stdout;
  };

  /** The endpoint `wine`, as docs/guides/train-and-deploy.md makes it. */
  async function trainWine(): Promise<void> {
    await send("PUT", "datasets/wine", "{}");
    await send("PUT", "datasets/wine/uploads/wine.csv", readFileSync(`${root}examples/data/wine/data.csv`, "utf8"));
    await send("POST", "executions", readFileSync(`${root}docs/examples/train-wine.json`, "utf8"));
    await vi.waitFor(
      async () => {
        const reply = await fetch(`${platform.url}/capstan/v1/executions/wine-1`);
        expect(await reply.json()).toMatchObject({ execution: { status: "succeeded" } });
      },
      { timeout: 60_000, interval: 500 },
    );
  }

  beforeAll(async () => {
    platform = await startTestPlatform();
    await trainWine();
  });
  afterAll(() => platform.stop());

  it("track_a_run.py logs a run with MLflow, finds it and loads its model", async () => {
    const output = await example("track_a_run.py");

    expect(output).toMatch(/^accuracy 0\.9/m);
  });

  it("read_features.py pushes and reads features with Feast", async () => {
    const output = await example("read_features.py", [platform.url]);

    expect(output).toContain("'trips': [12, None]");
  });

  it("infer.py predicts with tritonclient", async () => {
    const output = await example("infer.py", [new URL(platform.url).host, "wine"]);

    expect(output).toMatch(/^grower \[0\] probabilities \[\[(1\.0|0\.9)/m);
  });

  it("invoke_endpoint.py predicts with boto3", async () => {
    const output = await example("invoke_endpoint.py", [platform.url, "wine"]);

    expect(output).toContain("grower 0 by variant main");
  });
});
