import * as z from "zod";

/** SageMaker adds instance types faster than an SDK can list them: the shape is checked here, the type by the service. */
export const SageMakerCompute = z
  .strictObject({
    kind: z.literal("sagemaker"),
    instanceType: z
      .string()
      .max(64)
      .regex(/^ml\.[a-z0-9-]+\.[a-z0-9]+$/, "must be a SageMaker instance type such as ml.m6i.large")
      .describe("Of each variant."),
    instanceCount: z.int().min(1, "must be at least 1").default(1).describe("Of each variant; instances cost money while the endpoint exists."),
    image: z
      .string()
      .max(255)
      .regex(/^\S+$/, "must be an image's address without spaces")
      .optional()
      .describe("Container image under SageMaker's hosting contract; without it the deployment's inference image."),
  })
  .meta({ id: "SageMakerCompute", description: "The endpoint also exists in SageMaker, on instances of its own." });

const LambdaCompute = z
  .strictObject({ kind: z.literal("lambda") })
  .meta({ id: "LambdaCompute", description: "The platform's own function answers; nothing costs money at rest." });

export const EndpointCompute = z.discriminatedUnion("kind", [LambdaCompute, SageMakerCompute]);

export const ComputeStatus = z
  .object({
    endpointName: z.string().describe("The endpoint's name in SageMaker, for InvokeEndpoint."),
    state: z.enum(["creating", "inService", "updating", "failed"]),
    reason: z.string().describe("Empty where there is nothing to say."),
  })
  .meta({ id: "ComputeStatus", description: "What SageMaker says of the endpoint now." });

export const ShownCompute = z.discriminatedUnion("kind", [
  LambdaCompute,
  SageMakerCompute.extend({ status: ComputeStatus.optional().describe("Only where one endpoint is read.") }),
]);

export type SageMakerCompute = z.output<typeof SageMakerCompute>;
export type EndpointCompute = z.output<typeof EndpointCompute>;

/** Whether a deployment takes endpoints with the compute kind `sagemaker`. */
export const Hosting = z
  .enum(["unavailable", "imageNeeded", "available"])
  .describe(
    "Whether `compute.kind` may be `sagemaker`: not without a role for model containers; without an inference image of the deployment's own only with `compute.image`.",
  );
export type Hosting = z.output<typeof Hosting>;
export type ComputeStatus = z.output<typeof ComputeStatus>;
