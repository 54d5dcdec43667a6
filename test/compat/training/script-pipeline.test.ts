import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runsContract } from "#contracts/mlflow/runs.ts";
import { pipelineContract } from "#contracts/platform/pipelines.ts";
import { predictionContract } from "#contracts/platform/predictions.ts";
import type { TrainingScript } from "#contracts/platform/training-script.ts";
import { aWinery, type Winery } from "#test/local/pipelines/pipeline-world.ts";
import { pythonPath } from "#test/support/python.ts";
import { until } from "../../../scripts/demo/client.ts";

const example = join(import.meta.dirname, "../../../docs/examples/wine-script");
let winery: Winery;

async function bring(folder: string, files: Readonly<Record<string, string>>): Promise<string> {
  for (const [name, Body] of Object.entries(files)) await winery.s3().send(new PutObjectCommand({ Bucket: "capstan-data", Key: `${folder}/${name}`, Body }));
  return `s3://capstan-data/${folder}/`;
}
const stepNames = ({ steps }: { readonly steps: readonly { readonly name: string }[] }) => steps.map(({ name }) => name);
const script = (code: string, rest: Partial<TrainingScript> = {}) => ({
  training: { trainer: "script" as const, code, entryPoint: "train.py", metrics: { train_accuracy: "train_accuracy=([0-9.]+)" }, ...rest },
});

beforeAll(async () => {
  winery = await aWinery({ env: { CAPSTAN_PYTHON: pythonPath } });
});
afterAll(() => winery.platform.stop());

/** What the script of an execution has written so far, as its step shows it. */
async function said(name: string): Promise<string[]> {
  const position = stepNames(await winery.read(name)).indexOf("RunScript");
  return (await winery.call(pipelineContract, "getExecutionStepLogs", { name, position })).lines.map(({ message }: { readonly message: string }) => message);
}

describe("a script of the user in the training pipeline", () => {
  it("makes a version that answers, and is not run again for the same data", async () => {
    const code = await bring("scripts/wine", {
      "train.py": await readFile(join(example, "train.py"), "utf8"),
      "requirements.txt": await readFile(join(example, "requirements.txt"), "utf8"),
    });

    await winery.start("scripted", script(code, { hyperparameters: { rounds: 500, rate: 0.5 } }));
    const first = await winery.ended("scripted");
    await winery.start("again", script(code, { hyperparameters: { rate: 0.5, rounds: 500 } }));
    const again = await winery.ended("again");

    expect(first.execution).toMatchObject({ status: "succeeded", modelVersion: "1", outcome: "version 1 of wine answers at wine" });
    expect(stepNames(first)).toEqual(expect.arrayContaining(["PrepareScript", "RunScript", "AdoptModel", "Evaluate", "StartRollout"]));
    expect(stepNames(first)).not.toContain("Train");
    expect(again.steps.find(({ name }) => name === "PrepareScript")).toMatchObject({ cached: true });
    expect(stepNames(again)).not.toContain("RunScript");
    expect(again.execution).toMatchObject({ status: "rejected" });

    const { run } = await winery.call(runsContract, "getRun", { run_id: first.execution.runId });
    const values = Object.fromEntries(run.data.metrics?.map(({ key, value }) => [key, Number(value)]) ?? []);
    const tags = Object.fromEntries(run.data.tags?.map(({ key, value }) => [key, value]) ?? []);
    expect(Math.min(values["train_accuracy"] ?? 0, values["test_accuracy"] ?? 0)).toBeGreaterThan(0.9);
    expect(await readFile(join(tags["capstan.trainingLog"] ?? "", "log.txt"), "utf8")).toContain("train_accuracy=");
    expect((await said("scripted")).join("\n")).toContain("train_accuracy=");

    const [heading = "", line = ""] = winery.csv.split("\n");
    const cells = line.split(",").map(Number);
    const row = Object.fromEntries(heading.split(",").map((name, index) => [name, cells[index] ?? 0]));
    const { target, ...features } = row;
    const { predictions } = await winery.call(predictionContract, "predict", { endpoint: "wine", rows: [features] });
    const [probabilities = []] = predictions as number[][];
    expect(probabilities.indexOf(Math.max(...probabilities))).toBe(target);
  });

  it("fails the execution with what it left in output/failure, and names its log", async () => {
    const code = await bring("scripts/failing", {
      "train.py": "import os, sys\nopen(os.environ['SM_OUTPUT_DIR'] + '/failure', 'w').write('no such wine')\nsys.exit(3)\n",
    });

    await winery.start("failing", script(code));
    const { execution } = await winery.ended("failing");

    expect(execution).toMatchObject({ status: "failed", outcome: expect.stringContaining("AlgorithmError: no such wine, exit code: 3") });
    const [, log = ""] = /log is in (\S+):/.exec(execution.outcome ?? "") ?? [];
    expect(log).toContain(join(winery.platform.folder, "training"));
  });

  it.each([
    ["no ONNX file", "open(os.environ['SM_MODEL_DIR'] + '/model.pkl', 'w').write('x')", "must hold one ONNX model, best as model.onnx, found model.pkl"],
    ["bytes that are none", "open(os.environ['SM_MODEL_DIR'] + '/model.onnx', 'w').write('x')", "must be an ONNX model that the runtime can load"],
  ])("fails the execution where it leaves %s", async (what, line, message) => {
    const code = await bring(`scripts/${what.replaceAll(" ", "-")}`, { "train.py": `import os\n${line}\n` });
    const name = what.replaceAll(" ", "-");

    await winery.start(name, script(code));

    expect((await winery.ended(name)).execution).toMatchObject({ status: "failed", outcome: expect.stringContaining(message) });
  });

  it("ends with an execution that is stopped", async () => {
    const code = await bring("scripts/long", { "train.py": "import os, time\nprint('pid', os.getpid(), flush=True)\ntime.sleep(600)\n" });
    await winery.start("long", script(code));
    await winery.step("long", "RunScript", "running");
    const log = async () => {
      const [job = ""] = (await readdir(join(winery.platform.folder, "training"))).filter((name) => name.startsWith("capstan-local-long-"));
      return await readFile(join(winery.platform.folder, "training", job, "log.txt"), "utf8").catch(() => "");
    };
    const pid = await until("the script", 30, async () => /pid (\d+)/.exec(await log())?.[1]);
    await until("the line in the step's log", 30, async () => (await said("long")).includes(`pid ${pid}`));

    await winery.call(pipelineContract, "stopExecution", { name: "long", reason: "enough" });

    await until("the end of the script", 30, async () => !existsSync(`/proc/${pid}`));
    expect((await winery.ended("long")).execution).toMatchObject({ status: "stopped" });
  });
});
