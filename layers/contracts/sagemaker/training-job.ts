import * as z from "zod";

/*
 * CreateTrainingJob and DescribeTrainingJob, the fields that both an account and the laptop honour. Names, limits and patterns are
 * those of the SageMaker service model (API version 2017-07-24).
 */
const bounded = (record: z.ZodType<Record<string, string>>, most: number) =>
  record.refine((entries) => Object.keys(entries).length <= most, `must have at most ${most} entries`);
const s3Uri = z
  .string()
  .max(1024)
  .regex(/^s3:\/\/[^/]+(\/.*)?$/, "must be like s3://bucket/key");

export const trainingJobName = z
  .string()
  .regex(/^[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?$/, "must be 1 to 63 letters, digits or hyphens, starting and ending with a letter or digit");
export const HyperParameters = bounded(z.record(z.string().max(256), z.string().max(2500)), 100);

const S3DataSource = z.object({
  S3DataType: z.literal("S3Prefix"),
  S3Uri: s3Uri,
  S3DataDistributionType: z.enum(["FullyReplicated", "ShardedByS3Key"]).optional(),
});

export const Channel = z.object({
  ChannelName: z
    .string()
    .min(1)
    .max(64)
    .regex(/^[A-Za-z0-9._-]+$/, "must be letters, digits or any of . _ -"),
  DataSource: z.object({ S3DataSource }),
  ContentType: z.string().max(256).optional(),
  CompressionType: z.enum(["None", "Gzip"]).optional(),
  RecordWrapperType: z.enum(["None", "RecordIO"]).optional(),
  InputMode: z.enum(["File", "FastFile", "Pipe"]).optional(),
});

export const MetricDefinition = z.object({ Name: z.string().min(1).max(255), Regex: z.string().min(1).max(500) });
const command = z.array(z.string().max(256)).min(1).max(100);

const AlgorithmSpecification = z
  .object({
    TrainingImage: z.string().max(255).optional(),
    AlgorithmName: z.string().min(1).max(170).optional(),
    TrainingInputMode: z.enum(["File", "FastFile", "Pipe"]),
    MetricDefinitions: z.array(MetricDefinition).max(40).optional(),
    ContainerEntrypoint: command.optional(),
    ContainerArguments: command.optional(),
  })
  .refine(
    ({ TrainingImage, AlgorithmName }) => (TrainingImage === undefined) !== (AlgorithmName === undefined),
    "must have either TrainingImage or AlgorithmName",
  );

const StoppingCondition = z.object({ MaxRuntimeInSeconds: z.int().min(1).optional(), MaxWaitTimeInSeconds: z.int().min(1).optional() });

export const CreateTrainingJobRequest = z
  .object({
    TrainingJobName: trainingJobName,
    HyperParameters: HyperParameters.optional(),
    AlgorithmSpecification,
    RoleArn: z.string().min(20).max(2048),
    InputDataConfig: z.array(Channel).min(1).max(20).optional(),
    OutputDataConfig: z.object({ S3OutputPath: s3Uri, KmsKeyId: z.string().max(2048).optional(), CompressionType: z.enum(["GZIP", "NONE"]).optional() }),
    ResourceConfig: z.object({
      InstanceType: z.string().regex(/^ml\./, "must be an instance type like ml.m5.large"),
      InstanceCount: z.int().min(1),
      VolumeSizeInGB: z.int().min(1),
      KeepAlivePeriodInSeconds: z.int().min(0).max(21_600).optional(),
    }),
    StoppingCondition: StoppingCondition.optional(),
    EnableManagedSpotTraining: z.boolean().optional(),
    CheckpointConfig: z.object({ S3Uri: s3Uri, LocalPath: z.string().max(4096).optional() }).optional(),
    RetryStrategy: z.object({ MaximumRetryAttempts: z.int().min(1).max(30) }).optional(),
    Environment: bounded(z.record(z.string().max(512), z.string().max(512)), 100).optional(),
    Tags: z
      .array(z.object({ Key: z.string().min(1).max(128), Value: z.string().max(256) }))
      .max(50)
      .optional(),
    VpcConfig: z.object({ SecurityGroupIds: z.array(z.string().max(32)).min(1).max(5), Subnets: z.array(z.string().max(32)).min(1).max(16) }).optional(),
    EnableNetworkIsolation: z.boolean().optional(),
    EnableInterContainerTrafficEncryption: z.boolean().optional(),
  })
  .refine(
    ({ InputDataConfig: channels = [] }) => new Set(channels.map(({ ChannelName }) => ChannelName)).size === channels.length,
    "InputDataConfig must name each channel once",
  )
  .refine(({ EnableManagedSpotTraining: spot, StoppingCondition: { MaxWaitTimeInSeconds: wait, MaxRuntimeInSeconds: run } = {} }) => {
    return spot ? wait !== undefined && wait >= (run ?? 86_400) : wait === undefined;
  }, "StoppingCondition.MaxWaitTimeInSeconds must be given with EnableManagedSpotTraining alone, and be at least MaxRuntimeInSeconds");
export type CreateTrainingJobRequest = z.output<typeof CreateTrainingJobRequest>;

export const trainingJobStatuses = ["InProgress", "Completed", "Failed", "Stopping", "Stopped"] as const;
export const secondaryStatuses = [
  "Starting",
  "Downloading",
  "Training",
  "Uploading",
  "Completed",
  "Failed",
  "MaxRuntimeExceeded",
  "Stopping",
  "Stopped",
] as const;
