import { describe, expect, it } from "vitest";
import { PrepareJobInput } from "#contracts/platform/script-tasks.ts";
import { CreateTrainingJobRequest } from "#contracts/sagemaker/training-job.ts";
import { withoutCache } from "#core/pipelines/step-cache.ts";
import { prepareScript, type ScriptContext } from "#core/training/jobs/prepare-script.ts";
import { aRequest } from "#test/support/pipelines.ts";
import { aMachine } from "#test/support/training-machine.ts";

const training = { trainer: "script" as const, code: "s3://data/code/", entryPoint: "train.py" };
const request = () => aRequest({ training });
const completed = { TrainingJobStatus: "Completed", ModelArtifacts: { S3ModelArtifacts: "s3://artifacts/training-jobs/j/output/model/" } };

describe("an execution whose trainer is a script", () => {
  it("asks SageMaker for a job within its limits and hands on what the job left", async () => {
    const asked: Record<string, unknown>[] = [];
    const machine = await aMachine({}, async (operation, input) => {
      if (operation === "CreateTrainingJob") asked.push(input as Record<string, unknown>);
      return { ...completed, TrainingJobName: "capstan-one-1234-0", FinalMetricDataList: [{ MetricName: "loss", Value: 0.1 }] };
    });
    await machine.start(request());

    expect((await machine.end()).document).toMatchObject({ status: "succeeded" });
    expect(CreateTrainingJobRequest.parse(asked[0])).toMatchObject({
      TrainingJobName: "capstan-one-1234-0",
      RoleArn: "arn:aws:iam::000000000000:role/training",
      OutputDataConfig: { S3OutputPath: "s3://artifacts/training-jobs", CompressionType: "NONE" },
      ResourceConfig: { InstanceType: "ml.m5.large", InstanceCount: 1, VolumeSizeInGB: 30 },
    });
    expect(machine.called("adopt-model")[0]?.payload).toMatchObject({
      modelDataUri: completed.ModelArtifacts.S3ModelArtifacts,
      job: { name: "capstan-one-1234-0", log: "/logs/capstan-one-1234-0" },
      metrics: [{ MetricName: "loss", Value: 0.1 }],
    });
    expect(machine.called("train-model")).toEqual([]);
  });
  it("waits for a full quota under a new name each time, and ends as failed when it stays full", async () => {
    const names: unknown[] = [];
    const machine = await aMachine({}, async (_operation, input) => {
      names.push((input as { TrainingJobName: unknown }).TrainingJobName);
      throw Object.assign(new Error("quota of ml.m5.large is 0"), { type: "ResourceLimitExceeded" });
    });
    await machine.start(request());

    const { document } = await machine.end();

    expect(names).toEqual(Array.from({ length: 13 }, (_, attempt) => `capstan-one-1234-${attempt}`));
    expect(document).toMatchObject({ status: "failed", outcome: expect.stringContaining("quota of ml.m5.large is 0") });
  });
  it("says why the job failed and where its log is", async () => {
    const machine = await aMachine({}, async () => ({
      TrainingJobName: "capstan-one-1234-0",
      TrainingJobStatus: "Failed",
      FailureReason: "AlgorithmError: no such wine, exit code: 1",
    }));
    await machine.start(request());

    expect((await machine.end()).document).toMatchObject({
      status: "failed",
      outcome: "step RunScript failed, its log is in /logs/capstan-one-1234-0: States.TaskFailed: AlgorithmError: no such wine, exit code: 1",
    });
  });
  it("goes on with the model that the same script made before, without a job", async () => {
    const earlier = { modelUri: "s3://artifacts/m-0", digest: "d".repeat(64), signature: {}, metrics: {}, algorithm: "script", rows: 9, cached: true };
    const machine = await aMachine({ "prepare-training-job": () => ({ cached: true, candidate: earlier, work: {}, job: {} }) }, async () => {
      throw new Error("no job is needed");
    });
    await machine.start(request());

    expect((await machine.end()).document).toMatchObject({ status: "succeeded" });
    expect(machine.called("evaluate-model")[0]?.payload).toMatchObject({ modelUri: "s3://artifacts/m-0" });
  });
});

describe("preparing a script", () => {
  const ctx: ScriptContext = {
    code: {
      read: async () => [{ path: "main.py", bytes: new Uint8Array() }],
      keep: async () => ({ uri: "s3://artifacts/training-code/c.tar.gz", sha256: "c" }),
    },
    copyModel: async () => {},
    cache: { ...withoutCache, hash: () => "0123456789abcdef" },
  };
  const input = (fields: object = {}, script: object = {}) =>
    PrepareJobInput.parse({
      script: { ...training, entryPoint: "main.py", hyperparameters: { rate: 0.5, name: "a b" }, ...script },
      image: "image",
      trainUri: "s3://data/train.parquet",
      target: "y",
      problem: "regression",
      ignoredColumns: ["id"],
      outputPrefix: "s3://artifacts/m",
      dataHash: "v1",
      execution: "2026_wine run",
      runId: "r1",
      ...fields,
    });

  it("tells the script its settings and its task", async () => {
    expect((await prepareScript(ctx, input())).job).toEqual({
      name: "2026-wine-run-01234567",
      image: "image",
      hyperParameters: {
        rate: "0.5",
        name: '"a b"',
        sagemaker_program: '"main.py"',
        sagemaker_submit_directory: '"s3://artifacts/training-code/c.tar.gz"',
      },
      environment: { CAPSTAN_TARGET: "y", CAPSTAN_PROBLEM: "regression", CAPSTAN_IGNORED_COLUMNS: '["id"]', CAPSTAN_RUN_ID: "r1" },
      metricDefinitions: [],
    });
  });
  it.each([
    ["a file that is not there", input({}, { entryPoint: "train.py" }), "training.entryPoint must be a file of the code, got train.py, found main.py"],
    ["no image", input({ image: "none" }), "training.image must be given: the deployment has no trainingImage"],
  ])("is refused with %s", async (_what, given, message) => {
    await expect(prepareScript(ctx, given)).rejects.toThrow(message);
  });
});
