import { execFileSync } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CreateTrainingJobRequest } from "#contracts/sagemaker/training-job.ts";
import type { LocalTable } from "#infra/local/local-table.ts";
import { jobRows } from "#infra/local/training/job-rows.ts";
import { scriptEnvironments } from "#infra/local/training/script-environment.ts";
import { localTrainingJobs } from "#infra/local/training/training-jobs.ts";
import { memoryObjects } from "#test/support/memory-objects.ts";
import { memoryTable } from "#test/support/memory-table.ts";
import { aTrainingJob } from "#test/support/training-job-request.ts";

const objects = memoryObjects();
let folder: string;
let jobs: ReturnType<typeof localTrainingJobs>;
const table = memoryTable();
const open = (rows: LocalTable = table) =>
  localTrainingJobs(
    folder,
    {
      objects,
      environments: scriptEnvironments(join(folder, ".environments"), "python3"),
      environment: () => ({ PATH: process.env["PATH"] }),
      killAfterSeconds: 0.3,
      now: Date.now,
    },
    jobRows(rows),
  );
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "capstan-jobs-"));
  jobs = open();
  await objects.put({ bucket: "data", key: "train/2026/part.csv" }, "a,b\n1,2\n");
});
afterAll(async () => {
  await jobs.close();
  await rm(folder, { recursive: true, force: true });
});

/** A job whose program is this shell script, brought as a tar.gz like any code. */
async function aScript(name: string, script: string, fields: Partial<CreateTrainingJobRequest> = {}): Promise<CreateTrainingJobRequest> {
  const source = await mkdtemp(join(folder, "source-"));
  await writeFile(join(source, "train.sh"), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  execFileSync("tar", ["-czf", join(source, "code.tar.gz"), "-C", source, "train.sh"]);
  await objects.put({ bucket: "data", key: `code/${name}.tar.gz` }, await readFile(join(source, "code.tar.gz")));
  const steering = { sagemaker_program: '"train.sh"', sagemaker_submit_directory: `"s3://data/code/${name}.tar.gz"` };
  return aTrainingJob({ TrainingJobName: name, ...fields, HyperParameters: { ...steering, ...fields.HyperParameters } });
}

async function run(request: CreateTrainingJobRequest) {
  await jobs.create(request);
  return jobs.ended(request.TrainingJobName);
}

async function filesOf(key: string): Promise<string[]> {
  const archive = join(folder, "listed.tar.gz");
  await writeFile(archive, (await objects.get({ bucket: "artifacts", key })) ?? "");
  return execFileSync("tar", ["-tzf", archive], { encoding: "utf8" }).split("\n");
}

describe("a training job on this machine", () => {
  it("installs its requirements once into an environment of its own, over the packages that are there", async () => {
    const brought = await mkdtemp(join(folder, "wheel-"));
    const wheel =
      "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1], 'w'); z.writestr('shout.py', 'word = \\'heard\\''); i = 'shout-1.0.dist-info/'; z.writestr(i + 'METADATA', 'Metadata-Version: 2.1\\nName: shout\\nVersion: 1.0\\n'); z.writestr(i + 'WHEEL', 'Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n'); z.writestr(i + 'RECORD', ''); z.close()";
    execFileSync("python3", ["-c", wheel, join(brought, "shout-1.0-py3-none-any.whl")]);
    await writeFile(join(brought, "requirements.txt"), "./shout-1.0-py3-none-any.whl\n");
    await writeFile(join(brought, "train.py"), "import os, shout\nprint(shout.word, shout.__file__)\n");
    execFileSync("tar", ["-czf", join(folder, "wheel.tar.gz"), "-C", brought, "."]);
    await objects.put({ bucket: "data", key: "code/wheel.tar.gz" }, await readFile(join(folder, "wheel.tar.gz")));
    const HyperParameters = { sagemaker_program: '"train.py"', sagemaker_submit_directory: '"s3://data/code/wheel.tar.gz"' };

    for (const name of ["wheel-1", "wheel-2"]) {
      await jobs.create(aTrainingJob({ TrainingJobName: name, HyperParameters }));
      expect(await jobs.ended(name)).toMatchObject({ status: "Completed" });
    }

    const [first, second] = await Promise.all(["wheel-1", "wheel-2"].map(async (name) => (await jobs.log(name))?.map(({ text }) => text).join("\n")));
    expect(first).toMatch(/Successfully installed shout-1.0[\s\S]*heard .*\.environments/);
    expect(second).toMatch(/^heard .*\.environments/);
  });

  it("fails as the client's error where its requirements cannot be installed", async () => {
    const brought = await mkdtemp(join(folder, "nowhere-"));
    await writeFile(join(brought, "requirements.txt"), "./no-such-1.0-py3-none-any.whl\n");
    await writeFile(join(brought, "train.py"), "");
    execFileSync("tar", ["-czf", join(folder, "nowhere.tar.gz"), "-C", brought, "."]);
    await objects.put({ bucket: "data", key: "code/nowhere.tar.gz" }, await readFile(join(folder, "nowhere.tar.gz")));
    const HyperParameters = { sagemaker_program: '"train.py"', sagemaker_submit_directory: '"s3://data/code/nowhere.tar.gz"' };

    await jobs.create(aTrainingJob({ TrainingJobName: "nowhere", HyperParameters }));

    const reason = expect.stringMatching(/^ClientError: requirements.txt could not be installed: [\s\S]*no-such/);
    expect(await jobs.ended("nowhere")).toMatchObject({ status: "Failed", failureReason: reason });
  });

  it("runs the user's script with data, arguments and variables, and keeps model, metrics and outputs", async () => {
    const script =
      'cat "$SM_CHANNEL_TRAIN/2026/part.csv" > "$SM_MODEL_DIR/data.csv"; echo "$@" > "$SM_OUTPUT_DATA_DIR/args"; echo "loss=0.5"; echo "loss=0.25"';
    const request = await aScript("complete", script, {
      HyperParameters: { lr: "0.1" },
      InputDataConfig: [{ ChannelName: "train", DataSource: { S3DataSource: { S3DataType: "S3Prefix", S3Uri: "s3://data/train/" } } }],
      AlgorithmSpecification: { TrainingImage: "any", TrainingInputMode: "File", MetricDefinitions: [{ Name: "loss", Regex: "loss=([0-9.]+)" }] },
    });

    const job = await run(request);

    expect(job).toMatchObject({ status: "Completed", secondaryStatus: "Completed", modelUri: "s3://artifacts/jobs/complete/output/model.tar.gz" });
    expect(job.transitions.map(({ Status }) => Status)).toEqual(["Starting", "Downloading", "Training", "Uploading", "Completed"]);
    expect(job.metrics).toEqual([{ MetricName: "loss", Value: 0.25, Timestamp: expect.any(Number) }]);
    expect(await filesOf("jobs/complete/output/model.tar.gz")).toContain("./data.csv");
    expect(await readFile(join(folder, "complete", "opt", "ml", "output", "data", "args"), "utf8")).toBe("--lr 0.1\n");
    expect(JSON.parse(await readFile(join(folder, "complete", "opt", "ml", "input", "config", "hyperparameters.json"), "utf8"))).toMatchObject({ lr: "0.1" });
  });

  it("fails with what the script left in the failure file and its exit code, and uploads no model", async () => {
    const job = await run(await aScript("failing", 'echo "no such column: price" > "$SM_OUTPUT_DIR/failure"; exit 3'));

    expect(job).toMatchObject({ status: "Failed", failureReason: "AlgorithmError: no such column: price, exit code: 3" });
    expect(job.modelUri).toBeUndefined();
  });

  it("fails with the script's last words where it left no file", async () => {
    const job = await run(await aScript("crashing", "echo Traceback; echo ValueError >&2; exit 1"));

    expect(job.failureReason).toMatch(/^AlgorithmError: .*ValueError.*exit code: 1$/s);
  });

  it("blames a missing channel on the request", async () => {
    const channels = [{ ChannelName: "train", DataSource: { S3DataSource: { S3DataType: "S3Prefix" as const, S3Uri: "s3://data/nowhere/" } } }];

    const job = await run(await aScript("no-data", "true", { InputDataConfig: channels }));

    expect(job).toMatchObject({ status: "Failed", failureReason: "ClientError: channel train: no object under s3://data/nowhere/" });
  });

  it("stops a script that listens, and keeps the model it wrote", async () => {
    const request = await aScript(
      "listening",
      'trap "echo saved > $SM_MODEL_DIR/last; exit 0" TERM; touch "$SM_OUTPUT_DIR/ready"; while true; do sleep 0.05; done',
    );
    await jobs.create(request);
    await expect.poll(() => readFile(join(folder, "listening/opt/ml/output/ready"), "utf8").catch(() => "absent"), { timeout: 10_000 }).toBe("");

    await jobs.stop("listening");
    const stopping = await jobs.describe("listening");
    const job = await jobs.ended("listening");

    expect(stopping.status).toBe("Stopping");
    expect(job).toMatchObject({ status: "Stopped", secondaryStatus: "Stopped" });
    expect(await filesOf("jobs/listening/output/model.tar.gz")).toContain("./last");
  });

  it("kills one that does not listen, with what it started, when its time is over", async () => {
    const script = 'trap "" TERM; sleep 300 & echo $! > "$SM_OUTPUT_DIR/child"; wait; wait; sleep 300';

    const job = await run(await aScript("deaf", script, { StoppingCondition: { MaxRuntimeInSeconds: 1 } }));

    const child = Number(await readFile(join(folder, "deaf/opt/ml/output/child"), "utf8"));
    expect(job).toMatchObject({ status: "Stopped", secondaryStatus: "MaxRuntimeExceeded" });
    await expect.poll(() => isRunning(child), { timeout: 5000 }).toBe(false);
  });

  it("starts one of two jobs of the same name, and remembers it in a later process", async () => {
    const request = await aScript("once", 'echo run >> "$SM_OUTPUT_DATA_DIR/runs"');

    const answers = await Promise.allSettled([jobs.create(request), jobs.create(request)]);
    await jobs.ended("once");
    const later = open();

    expect(answers.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(await readFile(join(folder, "once/opt/ml/output/data/runs"), "utf8")).toBe("run\n");
    expect(await later.describe("once")).toMatchObject({ status: "Completed" });
    await expect(later.create(request)).rejects.toThrow(/training job once exists already/);
    await expect(later.describe("never")).rejects.toThrow(/training job never not found/);
  });

  it("keeps no copy of a job's data once it has ended", async () => {
    const channels = [{ ChannelName: "train", DataSource: { S3DataSource: { S3DataType: "S3Prefix" as const, S3Uri: "s3://data/train/" } } }];
    await run(await aScript("tidy", 'test -f "$SM_CHANNEL_TRAIN/2026/part.csv"', { InputDataConfig: channels }));

    expect(await readdir(join(folder, "tidy/opt/ml/input"))).toEqual(["config"]);
    expect(await jobs.describe("tidy")).toMatchObject({ status: "Completed" });
  });

  it("fails a job whose platform was killed, and ends its script", async () => {
    const killed = open(table.until(1, () => {}));
    await killed.create(await aScript("left", 'echo $$ > "$SM_OUTPUT_DIR/pid"; sleep 300'));
    const pidOf = () => readFile(join(folder, "left/opt/ml/output/pid"), "utf8").catch(() => "");
    await expect.poll(pidOf, { timeout: 10_000 }).not.toBe("");
    const pid = Number(await pidOf());

    const next = open();
    await next.resume();

    expect(await next.describe("left")).toMatchObject({ status: "Failed", failureReason: "InternalServerError: the platform ended while the job ran" });
    await expect.poll(() => isRunning(pid), { timeout: 5000 }).toBe(false);
  });

  it("ends scripts with the platform; with the next one a job with retries goes on from its checkpoints", async () => {
    const script = 'cat "$SM_MODEL_DIR/../checkpoints/step" 2> /dev/null && exit 0; echo 7 > "$SM_MODEL_DIR/../checkpoints/step"; sleep 300';
    const first = open();
    await first.create(await aScript("retried", script, { RetryStrategy: { MaximumRetryAttempts: 1 } }));
    await expect.poll(() => readFile(join(folder, "retried/opt/ml/checkpoints/step"), "utf8").catch(() => ""), { timeout: 10_000 }).toBe("7\n");

    await first.close();
    const between = await open().describe("retried");
    const second = open();
    await second.resume();
    const job = await second.ended("retried");

    expect(between).toMatchObject({ status: "InProgress" });
    expect(job).toMatchObject({ status: "Completed" });
    expect(job.transitions.map(({ Status }) => Status)).toEqual(["Starting", "Starting", "Downloading", "Training", "Uploading", "Completed"]);
    expect((await second.log("retried"))?.map(({ text }) => text)).toEqual(["7"]);
  });

  it.each([
    [{ TrainingJobName: "no_underscore" }, /TrainingJobName must be 1 to 63 letters/],
    [{ HyperParameters: Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`h${i}`, "1"])) }, /HyperParameters must have at most 100 entries/],
    [{ HyperParameters: {} }, /must have ContainerEntrypoint or the hyperparameters sagemaker_program/],
    [{ EnableManagedSpotTraining: true }, /MaxWaitTimeInSeconds must be given with EnableManagedSpotTraining/],
  ])("refuses a request outside the service's limits before it starts: %#", async (fields, message) => {
    await expect(jobs.create({ ...aTrainingJob(), ...fields })).rejects.toThrow(message);
  });
});

/** Whether a process is there and not merely waiting to be reaped. */
function isRunning(pid: number): boolean {
  try {
    return !execFileSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" })
      .trim()
      .startsWith("Z");
  } catch {
    return false;
  }
}
