import type { CreateTrainingJobRequest } from "#contracts/sagemaker/training-job.ts";

/** Where a training job's files are. On SageMaker the base is /opt/ml; elsewhere any folder laid out alike. */
export interface OptMl {
  readonly base: string;
  readonly input: string;
  readonly inputConfig: string;
  readonly inputData: string;
  readonly model: string;
  readonly code: string;
  readonly output: string;
  readonly outputData: string;
  readonly outputIntermediate: string;
  /** Its first 1,024 characters become the job's failure reason. */
  readonly failure: string;
  readonly checkpoints: string;
}

export const optMl = (base = "/opt/ml"): OptMl => ({
  base,
  input: `${base}/input`,
  inputConfig: `${base}/input/config`,
  inputData: `${base}/input/data`,
  model: `${base}/model`,
  code: `${base}/code`,
  output: `${base}/output`,
  outputData: `${base}/output/data`,
  outputIntermediate: `${base}/output/intermediate`,
  failure: `${base}/output/failure`,
  checkpoints: `${base}/checkpoints`,
});

/** The one host of a job that runs on one machine. */
export const host = "algo-1";
const group = "homogeneousCluster";
const networkInterface = "eth0";

type Channels = NonNullable<CreateTrainingJobRequest["InputDataConfig"]>;

const inputDataConfig = (channels: Channels, mode: string) =>
  Object.fromEntries(
    channels.map(({ ChannelName, DataSource, ContentType, RecordWrapperType, InputMode }) => [
      ChannelName,
      {
        ...(ContentType !== undefined && { ContentType }),
        TrainingInputMode: InputMode ?? mode,
        S3DistributionType: DataSource.S3DataSource.S3DataDistributionType ?? "FullyReplicated",
        RecordWrapperType: RecordWrapperType ?? "None",
      },
    ]),
  );

/** The documentation says current_group_name, the training toolkit reads current_instance_group: both are there. */
const resourceConfig = (instanceType: string) => ({
  current_host: host,
  current_instance_type: instanceType,
  current_group_name: group,
  current_instance_group: group,
  hosts: [host],
  instance_groups: [{ instance_group_name: group, instance_type: instanceType, hosts: [host] }],
  network_interface_name: networkInterface,
});

export interface InputConfig {
  readonly hyperparameters: Readonly<Record<string, string>>;
  readonly inputdataconfig: ReturnType<typeof inputDataConfig>;
  readonly resourceconfig: ReturnType<typeof resourceConfig>;
}

/** The documents of /opt/ml/input/config, by file name without .json. Every hyperparameter is a string. */
export const inputConfigOf = ({
  HyperParameters = {},
  InputDataConfig = [],
  AlgorithmSpecification,
  ResourceConfig,
}: CreateTrainingJobRequest): InputConfig => ({
  hyperparameters: HyperParameters,
  inputdataconfig: inputDataConfig(InputDataConfig, AlgorithmSpecification.TrainingInputMode),
  resourceconfig: resourceConfig(ResourceConfig.InstanceType),
});
