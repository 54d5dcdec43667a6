import * as z from "zod";
import { ShownCompute } from "./endpoint-compute.ts";
import { ModelSignature } from "./model-signature.ts";

/** Also the model name of the inference protocol, the endpoint name of SageMaker, and part of file and object names. */
export const endpointName = z
  .string()
  .regex(/^(?!-)[a-zA-Z0-9-]{1,63}(?<!-)$/, "must be 1 to 63 letters, digits or hyphens, starting and ending with a letter or digit")
  .describe("Unique; SageMaker's pattern for endpoint names.");
export const variantName = z
  .string()
  .regex(/^(?!-)[a-zA-Z0-9-]{1,63}(?<!-)$/, "must be 1 to 63 letters, digits or hyphens, starting and ending with a letter or digit");
export const weight = z.number().min(0, "must be between 0 and 1").max(1, "must be between 0 and 1").describe("Share of the traffic, 0 to 1.");

export const Revocation = z
  .object({ at: z.int().describe("Milliseconds since the epoch."), by: z.string(), reason: z.string() })
  .meta({ id: "Revocation", description: "Why a model version must not be served any more." });

export const Variant = z
  .object({
    name: variantName,
    modelName: z.string(),
    modelVersion: z.string(),
    modelUri: z.string().describe("The model's folder, or its .onnx file, in the artifact bucket."),
    digest: z
      .string()
      .regex(/^[0-9a-f]{64}$/, "must be a SHA-256 in hex")
      .describe("SHA-256 of the ONNX file; other bytes are never loaded."),
    signature: ModelSignature.optional(),
    weight,
    revoked: Revocation.optional(),
  })
  .meta({ id: "Variant", description: "A model version behind an endpoint, with its share of the traffic." });

export const Assignment = z
  .discriminatedUnion("mode", [
    z.object({ mode: z.literal("random") }),
    z.object({
      mode: z.literal("sticky"),
      field: z.string().optional().describe("Column of the first row that holds the key; without it only the header X-Capstan-Key counts."),
    }),
  ])
  .meta({
    id: "Assignment",
    description: "How a request gets its variant. Sticky: the same key gets the same variant; a request without a key is assigned at random.",
  });

export const Endpoint = z
  .object({
    name: endpointName,
    description: z.string(),
    tags: z.record(z.string(), z.string()),
    variants: z.array(Variant),
    assignment: Assignment,
    captureRate: z.number().describe("Share of predictions that are captured for monitoring."),
    batching: z.boolean().describe("Whether requests of the same moment may share a run."),
    compute: ShownCompute.optional().describe("Where it runs besides the platform's own function; absent: nowhere."),
    rolloutId: z.string().optional().describe("The rollout under way."),
    revision: z.int().describe("Counts changes; send it back as `expectedRevision` to change only what you have seen."),
    createdAt: z.int(),
    updatedAt: z.int(),
    updatedBy: z.string(),
  })
  .meta({ id: "Endpoint", description: "A name that answers predictions, and the model versions that do so." });

export const EndpointEvent = z
  .object({
    at: z.int(),
    by: z.string(),
    revision: z.int(),
    change: z.enum([
      "created",
      "updated",
      "weights",
      "deleted",
      "revoked",
      "rolloutStarted",
      "rolloutStepped",
      "rolloutPaused",
      "rolloutResumed",
      "rolloutPromoted",
      "rolloutRolledBack",
      "rolloutAborted",
    ]),
    reason: z.string(),
    weights: z.record(z.string(), z.number()).describe("Share of each variant from then on."),
    models: z
      .record(z.string(), z.object({ modelName: z.string(), modelVersion: z.string() }))
      .default({})
      .describe("Model version of each variant from then on; empty where it was not written down yet."),
    rolloutId: z.string().optional().describe("The rollout that the change is a part of."),
  })
  .meta({ id: "EndpointEvent", description: "A change of an endpoint: what, when, by whom, why." });

export type Revocation = z.output<typeof Revocation>;
export type Variant = z.output<typeof Variant>;
export type Assignment = z.output<typeof Assignment>;
export type Endpoint = z.output<typeof Endpoint>;
export type EndpointEvent = z.output<typeof EndpointEvent>;
