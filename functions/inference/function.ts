import { defineFunction } from "#contracts/function-spec.ts";
import { inferenceContract } from "#contracts/kserve/inference.ts";
import { predictionContract } from "#contracts/platform/predictions.ts";
import { invocationContract } from "#contracts/sagemaker/invocations.ts";

export const inference = defineFunction({
  name: "inference",
  summary: "Answers predictions: the V2 inference protocol, SageMaker's and MLflow's invocations, and rows of named columns.",
  contracts: [inferenceContract, invocationContract, predictionContract],
  tables: { platform: "readWrite" },
  buckets: { artifacts: "read" },
  // Endpoints with compute on SageMaker are asked there; their names begin with the stage's prefix.
  actions: [{ action: "sagemaker:InvokeEndpoint", resource: "arn:*:sagemaker:*:*:endpoint/capstan-*" }],
  onnx: true,
  server: true,
  // One vCPU is 1,769 MiB; sessions run on one thread.
  memoryMiB: 1_769,
  timeoutSeconds: 29,
  ephemeralMiB: 1_024,
});

/** The same core as a process that lives on: it writes captures itself, where a Lambda function leaves that to its log. */
export const inferenceServer = defineFunction({ ...inference, name: "inference-server", buckets: { artifacts: "read", data: "readWrite" } });
