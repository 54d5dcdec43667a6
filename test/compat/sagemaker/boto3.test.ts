import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestPlatform, type TestPlatform } from "#test/support/platform.ts";
import { pythonPath } from "#test/support/python.ts";

const arn = (kind: string, name: string) => `arn:aws:sagemaker:us-east-1:000000000000:${kind}/${name}`;
const validation = (message: string) => ["ValidationException", message];

describe("boto3's sagemaker and sagemaker-runtime against one address", () => {
  let platform: TestPlatform;
  // biome-ignore lint/suspicious/noExplicitAny: what the clients saw, looked into below
  let seen: any;

  beforeAll(async () => {
    platform = await startTestPlatform({ env: { CAPSTAN_PYTHON: pythonPath } });
    const { accessKeyId, secretAccessKey } = platform.credentials;
    const script = fileURLToPath(new URL("steps.py", import.meta.url));
    const env = { ...process.env, AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey };
    const { stdout } = await promisify(execFile)(pythonPath, [script, platform.url, platform.objectsUrl], { env });
    seen = JSON.parse(stdout.trim().split("\n").at(-1) ?? "");
  });
  afterAll(() => platform.stop());

  it("runs a user's own script as a training job, with its data, arguments, metrics and outputs", () => {
    expect(seen.training).toMatchObject({
      status: ["Completed", "Completed"],
      transitions: ["Starting", "Downloading", "Training", "Uploading", "Completed"],
      model: "s3://capstan-data/line/jobs/line-two/output/model.tar.gz",
      metrics: { rows: 2 },
      times: true,
      script: { rows: 2, hyperparameters: { slope: 2 }, cwd: "code" },
    });
  });

  it("tells of a script that raises as SageMaker does, and refuses in its words", () => {
    const { failed, again, absent, ended } = seen.training;

    expect(failed).toEqual(["Failed", expect.stringMatching(/^AlgorithmError: .*ValueError: slope must not be negative, got -1.0, exit code: 1$/s)]);
    expect(again).toBe("ResourceInUse");
    expect(absent).toEqual(validation("Requested resource not found."));
    expect(ended).toEqual(validation("The request was rejected because the training job is in status Completed."));
  });

  it("lists training jobs by page and by status", () => {
    expect(seen.training.listed).toEqual(["line-bad", "line-three", "line-two"]);
    expect(seen.training.failures).toEqual(["line-bad"]);
  });

  it("serves trained models behind one endpoint, by weight and by target variant", () => {
    expect(seen.hosting).toMatchObject({
      described: ["InService", "line-both"],
      weights: { two: 3, three: 1 },
      answers: { two: [20], three: [30] },
      heavier: true,
      target: [
        [20, "two"],
        [30, "three"],
      ],
    });
  });

  it("shifts weights of named variants alone, and brings another configuration to the endpoint", () => {
    expect(seen.hosting).toMatchObject({ shifted: [{ two: 0, three: 1 }, true], back: true, updated: ["line-one", { three: 1 }, true] });
  });

  it("describes and lists what was made", () => {
    expect(seen.hosting).toMatchObject({
      config: ["two", "three"],
      model: "s3://capstan-data/line/jobs/line-two/output/model.tar.gz",
      listed: ["line"],
      models: ["line-three", "line-two"],
      configs: ["line-both", "line-one"],
    });
  });

  it("refuses in the service's words, which its SDK looks for", () => {
    expect(seen.hosting.refused).toEqual({
      "endpoint again": validation(`Cannot create already existing endpoint "${arn("endpoint", "line")}".`),
      "endpoint of no configuration": validation(`Could not find endpoint configuration "${arn("endpoint-config", "absent")}".`),
      "configuration of no model": validation(`Could not find model "${arn("model", "absent")}".`),
      "configuration again": validation(`Cannot create already existing endpoint configuration "${arn("endpoint-config", "line-one")}".`),
      "model of no data": validation("Could not find model data at s3://capstan-data/nowhere/model.tar.gz."),
      "weights of no variant": validation('The variant name(s) "two" is/are not present within the endpoint configuration.'),
      "no endpoint": validation(`Could not find endpoint "${arn("endpoint", "absent")}".`),
      name: "ValidationException",
    });
  });

  it("deletes endpoint, configuration and model; the endpoint then answers no more", () => {
    expect(seen.hosting.deleted).toEqual(["ValidationException", "ValidationException", "ValidationException", true]);
  });
});
