import type { CreateTrainingJobRequest } from "#contracts/sagemaker/training-job.ts";

/** A small training job, as a client would send it. */
export const aTrainingJob = (fields: Partial<CreateTrainingJobRequest> = {}): CreateTrainingJobRequest => ({
  TrainingJobName: "job-1",
  AlgorithmSpecification: { TrainingImage: "python:3.12", TrainingInputMode: "File" },
  RoleArn: "arn:aws:iam::000000000000:role/training",
  OutputDataConfig: { S3OutputPath: "s3://artifacts/jobs" },
  ResourceConfig: { InstanceType: "ml.m5.large", InstanceCount: 1, VolumeSizeInGB: 10 },
  ...fields,
});
