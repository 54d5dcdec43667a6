import { describe, expect, it } from "vitest";
import { inputConfigOf, optMl } from "#core/training/jobs/opt-ml.ts";
import { argumentText, jsonText, parsePython } from "#core/training/jobs/python-values.ts";
import { scriptArguments, scriptEnvironment } from "#core/training/jobs/script-mode.ts";
import { aTrainingJob } from "#test/support/training-job-request.ts";

const channel = (ChannelName: string) => ({
  ChannelName,
  DataSource: { S3DataSource: { S3DataType: "S3Prefix" as const, S3Uri: `s3://data/${ChannelName}/` } },
  ContentType: "text/csv",
});
const job = aTrainingJob({
  HyperParameters: {
    lr: "0.1",
    layers: "[64, 32]",
    e: "1e-5",
    name: '"wide net"',
    note: "plain text",
    shuffle: "true",
    split: '{"test":0.2,"a":1.0}',
    nothing: "null",
    sagemaker_program: '"train.py"',
    sagemaker_job_name: '"job-1"',
  },
  InputDataConfig: [channel("validation"), channel("train")],
});

describe("a hyperparameter", () => {
  // What Python 3.12 makes of json.loads(x): the toolkit's command-line text, and json.dumps with sort_keys and separators=(",", ":").
  it.each([
    ["1", "1", "1"],
    ["1.0", "1.0", "1.0"],
    ["0.1", "0.1", "0.1"],
    ["1e-5", "1e-05", "1e-05"],
    ["123456789012345678901234567890", "123456789012345678901234567890", "123456789012345678901234567890"],
    ["1E16", "1e+16", "1e+16"],
    ["1234567890123456.0", "1234567890123456.0", "1234567890123456.0"],
    ["0.0001", "0.0001", "0.0001"],
    ["-0.0", "-0.0", "-0.0"],
    ["true", "True", "true"],
    ["null", "", "null"],
    ['"é"', "é", '"\\u00e9"'],
    ['[1, 2.5, "a\'b", null]', '[1, 2.5, "a\'b", None]', '[1,2.5,"a\'b",null]'],
    ['{"b": true, "a": [1]}', "a=[1],b=True", '{"a":[1],"b":true}'],
    ["not json", "not json", '"not json"'],
  ])("%s reaches the script as the toolkit's Python writes it", (text, argument, json) => {
    expect(argumentText(parsePython(text))).toBe(argument);
    expect(jsonText(parsePython(text))).toBe(json);
  });
});

describe("a script", () => {
  it("gets its hyperparameters as arguments sorted by name, without those that steer the toolkit", () => {
    expect(scriptArguments(job.HyperParameters ?? {})).toEqual([
      ...["-e", "1e-05"],
      ...["--layers", "[64, 32]"],
      ...["--lr", "0.1"],
      ...["--name", "wide net"],
      ...["--note", "plain text"],
      ...["--nothing", ""],
      ...["--shuffle", "True"],
      ...["--split", "a=1.0,test=0.2"],
    ]);
  });

  it("finds its folders, channels and hyperparameters in SM_ variables", () => {
    const environment = scriptEnvironment(inputConfigOf(job), optMl("/jobs/1"), { cpus: 4, gpus: 0 });

    expect(environment).toMatchObject({
      SM_MODEL_DIR: "/jobs/1/model",
      SM_OUTPUT_DATA_DIR: "/jobs/1/output/data",
      SM_CHANNELS: '["train","validation"]',
      SM_CHANNEL_TRAIN: "/jobs/1/input/data/train",
      SM_HOSTS: '["algo-1"]',
      SM_CURRENT_HOST: "algo-1",
      SM_NUM_CPUS: "4",
      SM_NUM_GPUS: "0",
      SM_HP_LR: "0.1",
      SM_HP_NAME: "wide net",
      SM_HP_NOTHING: "",
      SM_HPS: '{"e":1e-05,"layers":[64,32],"lr":0.1,"name":"wide net","note":"plain text","nothing":null,"shuffle":true,"split":{"a":1.0,"test":0.2}}',
      SM_USER_ENTRY_POINT: "train.py",
      SM_MODULE_NAME: "train",
      SM_IS_HETERO: "false",
    });
    expect(JSON.parse(environment["SM_TRAINING_ENV"] ?? "")).toMatchObject({
      channel_input_dirs: { train: "/jobs/1/input/data/train", validation: "/jobs/1/input/data/validation" },
      hyperparameters: { lr: 0.1 },
      job_name: "job-1",
    });
  });

  it("finds the service's three configuration documents, every hyperparameter a string", () => {
    const { hyperparameters, inputdataconfig, resourceconfig } = inputConfigOf(job);

    expect(hyperparameters).toEqual(job.HyperParameters);
    expect(inputdataconfig["train"]).toEqual({
      ContentType: "text/csv",
      TrainingInputMode: "File",
      S3DistributionType: "FullyReplicated",
      RecordWrapperType: "None",
    });
    expect(resourceconfig).toMatchObject({ current_host: "algo-1", hosts: ["algo-1"], current_instance_type: "ml.m5.large", network_interface_name: "eth0" });
  });
});
