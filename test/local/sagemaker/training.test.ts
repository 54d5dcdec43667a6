import { execFileSync } from "node:child_process";
import { CreateTrainingJobCommand, type CreateTrainingJobCommandInput, ListTrainingJobsCommand, StopTrainingJobCommand } from "@aws-sdk/client-sagemaker";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sageMaker } from "#gateways/clients.ts";
import { sageMakerTrainingJobs } from "#gateways/sagemaker/training-job.ts";
import { startTestPlatform, type TestPlatform } from "#test/support/platform.ts";
import { aTrainingJob } from "#test/support/training-job-request.ts";
import { describeJob, endOf, type PlatformClients, platformClients } from "./platform-clients.ts";

let platform: TestPlatform;
let clients: PlatformClients;
beforeAll(async () => {
  platform = await startTestPlatform();
  clients = platformClients(platform);
});
afterAll(async () => {
  clients.destroy();
  await platform.stop();
});

/** A job whose command is this module, brought in a channel: no image, no archive, no toolkit. */
async function aJob(name: string, module: string, fields: Partial<CreateTrainingJobCommandInput> = {}): Promise<CreateTrainingJobCommandInput> {
  await clients.objects.put({ bucket: "capstan-data", key: `code/${name}/train.mjs` }, module);
  return {
    ...aTrainingJob(),
    TrainingJobName: name,
    AlgorithmSpecification: {
      TrainingImage: "any",
      TrainingInputMode: "File",
      ContainerEntrypoint: ["node", "/opt/ml/input/data/code/train.mjs"],
      ContainerArguments: ["--model", "/opt/ml/model"],
    },
    InputDataConfig: [{ ChannelName: "code", DataSource: { S3DataSource: { S3DataType: "S3Prefix", S3Uri: `s3://capstan-data/code/${name}/` } } }],
    OutputDataConfig: { S3OutputPath: "s3://capstan-artifacts/jobs" },
    ResourceConfig: { InstanceType: "ml.m5.large", InstanceCount: 1, VolumeSizeInGB: 5 },
    ...fields,
  };
}
const create = async (job: Promise<CreateTrainingJobCommandInput>) => clients.sageMaker.send(new CreateTrainingJobCommand(await job));
const filesIn = async (key: string) => {
  const bytes = await clients.objects.get({ bucket: "capstan-artifacts", key });
  return execFileSync("tar", ["-tz"], { input: bytes ?? "", encoding: "utf8" })
    .trim()
    .split("\n")
    .toSorted();
};
const runs = (name: string, status: string) =>
  expect.poll(async () => (await describeJob(clients.sageMaker, name)).SecondaryStatus, { timeout: 20_000 }).toBe(status);

const writes = 'import { writeFileSync } from "node:fs"; const model = process.argv[process.argv.indexOf("--model") + 1];';
const waits = "setInterval(() => {}, 1000);";

describe("a training job through AWS's own client", () => {
  it("runs the request's own command with its environment, and uploads what it leaves in the model folder", async () => {
    const module = `${writes} writeFileSync(model + "/weights.json", process.env.RATE); console.log("score=0.75")`;
    const { TrainingJobArn } = await create(aJob("own-command", module, { Environment: { RATE: "0.1" } }));

    const job = await endOf(clients.sageMaker, "own-command");

    expect(TrainingJobArn).toBe("arn:aws:sagemaker:us-east-1:000000000000:training-job/own-command");
    expect(job).toMatchObject({ TrainingJobStatus: "Completed", TrainingJobArn, RoleArn: aTrainingJob().RoleArn, Environment: { RATE: "0.1" } });
    expect(job.ModelArtifacts?.S3ModelArtifacts).toBe("s3://capstan-artifacts/jobs/own-command/output/model.tar.gz");
    expect(job.StoppingCondition).toEqual({ MaxRuntimeInSeconds: 86_400 });
    expect(job.TrainingEndTime?.getTime()).toBeGreaterThanOrEqual(job.CreationTime?.getTime() ?? Number.NaN);
    expect(await filesIn("jobs/own-command/output/model.tar.gz")).toEqual(["./", "./weights.json"]);
  });

  it("can track its run at the platform, and read its buckets, without being told where they are", async () => {
    const module = `${writes} writeFileSync(model + "/environment.json", JSON.stringify(process.env))`;
    await create(aJob("environment", module, { OutputDataConfig: { S3OutputPath: "s3://capstan-artifacts/jobs", CompressionType: "NONE" } }));
    await endOf(clients.sageMaker, "environment");

    const text = await clients.objects.get({ bucket: "capstan-artifacts", key: "jobs/environment/output/model/environment.json" });
    const environment = JSON.parse(Buffer.from(text ?? "").toString("utf8")) as Record<string, string>;

    expect(environment).toMatchObject({
      MLFLOW_TRACKING_URI: platform.url,
      AWS_ENDPOINT_URL_S3: platform.objectsUrl,
      AWS_DEFAULT_REGION: "us-east-1",
      TRAINING_JOB_NAME: "environment",
      SM_CHANNELS: '["code"]',
    });
    expect(Object.keys(environment).filter((name) => /^(NODE_|CAPSTAN_|.*_TABLE$)/.test(name))).toEqual([]);
  });

  it("fails with the failure file's words and the exit code", async () => {
    const module = 'import { writeFileSync } from "node:fs"; writeFileSync(process.env.SM_OUTPUT_DIR + "/failure", "no column price"); process.exit(3)';
    await create(aJob("failing", module));

    const job = await endOf(clients.sageMaker, "failing");

    expect(job).toMatchObject({ TrainingJobStatus: "Failed", SecondaryStatus: "Failed", FailureReason: "AlgorithmError: no column price, exit code: 3" });
    expect(job.ModelArtifacts).toBeUndefined();
  });

  it("blames the request for a bucket that is not there", async () => {
    await create(aJob("nowhere", "// nothing", { OutputDataConfig: { S3OutputPath: "s3://capstan-nowhere/jobs" } }));

    expect(await endOf(clients.sageMaker, "nowhere")).toMatchObject({
      TrainingJobStatus: "Failed",
      FailureReason: expect.stringMatching(/^ClientError: .*bucket/),
    });
  });

  it("stops when it is asked to, and keeps the model written so far", async () => {
    await create(
      aJob("stopped", `${writes} process.once("SIGTERM", () => { writeFileSync(model + "/last", ""); process.exit(0); }); console.log("on"); ${waits}`),
    );
    await runs("stopped", "Training");
    await clients.sageMaker.send(new StopTrainingJobCommand({ TrainingJobName: "stopped" }));

    const job = await endOf(clients.sageMaker, "stopped");

    expect(job).toMatchObject({ TrainingJobStatus: "Stopped", SecondaryStatus: "Stopped" });
    expect(job.SecondaryStatusTransitions?.map(({ Status }) => Status)).toContain("Uploading");
  });

  it("ends when its time is over", async () => {
    await create(aJob("long", waits, { StoppingCondition: { MaxRuntimeInSeconds: 1 } }));

    expect(await endOf(clients.sageMaker, "long")).toMatchObject({ TrainingJobStatus: "Stopped", SecondaryStatus: "MaxRuntimeExceeded" });
  });

  it.each([
    ["ValidationException", /TrainingJobName/, { TrainingJobName: "under_score" }],
    [
      "ValidationException",
      /ContainerEntrypoint or the hyperparameters/,
      { AlgorithmSpecification: { TrainingImage: "any", TrainingInputMode: "File" as const } },
    ],
    ["ValidationException", /Pipe is not offered/, { AlgorithmSpecification: { TrainingImage: "any", TrainingInputMode: "Pipe" as const } }],
    [
      "ValidationException",
      /InstanceCount must be 1 on this machine, got 2/,
      { ResourceConfig: { InstanceType: "ml.m5.large" as const, InstanceCount: 2, VolumeSizeInGB: 5 } },
    ],
  ])("is refused with %s where this machine cannot honour it: %s", async (name, message, fields) => {
    await expect(create(aJob("refused", "// nothing", fields))).rejects.toMatchObject({ name, message: expect.stringMatching(message) });
  });

  it("is met by the platform's own gateway, found by its variables: a repeated request attaches, another one of that name is refused", async () => {
    const { accessKeyId, secretAccessKey } = platform.credentials;
    const settings = {
      AWS_ENDPOINT_URL_SAGEMAKER: platform.url,
      AWS_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
    };
    Object.assign(process.env, settings);
    const jobs = sageMakerTrainingJobs(sageMaker());
    const request = aTrainingJob({
      TrainingJobName: "attached",
      HyperParameters: { lr: "1" },
      AlgorithmSpecification: { TrainingImage: "any", TrainingInputMode: "File", ContainerEntrypoint: ["true"] },
      OutputDataConfig: { S3OutputPath: "s3://capstan-artifacts/jobs" },
    });

    const first = await jobs.create(request);
    const again = await jobs.create(request);
    await endOf(clients.sageMaker, "attached");

    expect(again).toEqual(first);
    await expect(jobs.create({ ...request, HyperParameters: { lr: "2" } })).rejects.toThrow(/exists with other settings/);
    expect(await jobs.describe("attached")).toMatchObject({ status: "Completed" });
    await expect(jobs.stop("attached")).resolves.toBeUndefined();
    await expect(jobs.describe("never")).rejects.toThrow(/training job never not found/);
  });

  it("is told of truthfully by a platform that was killed while it ran", async () => {
    await create(aJob("cut-off", waits));
    await runs("cut-off", "Training");

    await platform.restart();
    clients.destroy();
    clients = platformClients(platform);
    const job = await endOf(clients.sageMaker, "cut-off");
    const { TrainingJobSummaries = [] } = await clients.sageMaker.send(new ListTrainingJobsCommand({ StatusEquals: "Failed", SortBy: "Name" }));

    expect(job).toMatchObject({ TrainingJobStatus: "Failed", FailureReason: "InternalServerError: the platform ended while the job ran" });
    expect(TrainingJobSummaries.map(({ TrainingJobName }) => TrainingJobName)).toEqual(["cut-off", "failing", "nowhere"]);
  });
});
