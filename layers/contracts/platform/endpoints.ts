import * as z from "zod";
import { defineContract } from "../route.ts";
import { Assignment, Endpoint, EndpointEvent, endpointName, Revocation, variantName, weight } from "./endpoint.ts";
import { EndpointCompute, Hosting } from "./endpoint-compute.ts";
import { Rollout, RolloutPlan, rolloutId } from "./rollout.ts";

const reason = z.string().max(1_000).default("").describe("Kept in the endpoint's history.");
const expectedRevision = z.int().optional().describe("Refuse the change with RESOURCE_CONFLICT unless this is the present revision.");
const modelReference = {
  modelName: z.string().min(1).max(256),
  modelVersion: z.string().min(1).max(32).optional().describe("Version number; without it the alias is resolved."),
  alias: z.string().min(1).max(256).optional().describe("For example `champion`, resolved now."),
};

export const VariantStatistics = z
  .object({
    variant: z.string(),
    requests: z.int(),
    requestsPerSecond: z.number(),
    errors: z.int().describe("Failures that are not the caller's."),
    refusals: z.int().describe("Requests refused as wrong."),
    rows: z.int(),
    nullRows: z.int().describe("Rows with a null, NaN or infinite output."),
    p50: z.number().optional().describe("Milliseconds."),
    p95: z.number().optional(),
    p99: z.number().optional(),
  })
  .meta({ id: "VariantStatistics", description: "Traffic, failures and latency of a variant; percentiles are at most 9 % above the true ones." });

export const ExampleRow = z
  .object({
    cells: z
      .record(z.string(), z.union([z.number(), z.string(), z.boolean(), z.null()]))
      .describe("A value by column; columns that the model does not name are left out."),
    source: z.enum(["inputExample", "captured"]).describe("What the model's author logged beside it, or what a client asked."),
    at: z.int().optional().describe("When a client asked it, in milliseconds since the epoch."),
  })
  .meta({ id: "ExampleRow", description: "A row that an endpoint may be tried with." });

const path = "/capstan/v1/endpoints/{name}";
const name = endpointName;
const byName = z.object({ name });
const endpointReply = z.object({ endpoint: Endpoint });
const rolloutReply = z.object({ rollout: Rollout });
const rolloutChange = z.object({ name, rolloutId, reason });

export const endpointContract = defineContract({
  name: "endpoints",
  surface: "platform",
  summary: "Endpoints, their variants and weights, statistics and rollouts.",
  routes: {
    putEndpoint: {
      method: "PUT",
      path,
      summary: "Create an endpoint, or bring it to this state. Repeating the same request changes nothing.",
      request: z.object({
        name,
        description: z.string().max(4_096).default(""),
        tags: z.record(z.string().max(128), z.string().max(1_024)).default({}),
        variants: z
          .array(z.object({ name: variantName.default("main"), ...modelReference, weight: weight.default(1) }))
          .min(1)
          .max(10),
        assignment: Assignment.default({ mode: "random" }),
        captureRate: z.number().min(0).max(1).default(0).describe("Share of predictions to capture, 0 to 1."),
        batching: z.boolean().default(true),
        compute: EndpointCompute.default({ kind: "lambda" }),
        reason,
        expectedRevision,
      }),
      response: endpointReply,
      errors: ["INVALID_PARAMETER_VALUE", "RESOURCE_DOES_NOT_EXIST", "RESOURCE_CONFLICT"],
    },
    getEndpoint: {
      method: "GET",
      path,
      summary: "Get an endpoint.",
      request: byName,
      response: endpointReply,
      errors: ["RESOURCE_DOES_NOT_EXIST"],
    },
    listEndpoints: {
      method: "GET",
      path: "/capstan/v1/endpoints",
      summary: "List endpoints.",
      request: z.object({
        nameContains: z.string().optional(),
        modelName: z.string().optional().describe("Endpoints with a variant of this registered model."),
        orderBy: z.enum(["name", "updatedAt"]).default("name"),
        descending: z.stringbool().default(false),
        pageSize: z.coerce.number().int().min(1).max(1_000).default(100),
        pageToken: z.string().max(1_024).optional(),
      }),
      response: z.object({
        endpoints: z.array(Endpoint),
        nextPageToken: z.string().optional(),
        hosting: Hosting,
      }),
      errors: ["INVALID_PARAMETER_VALUE"],
    },
    deleteEndpoint: {
      method: "DELETE",
      path,
      summary: "Delete an endpoint. Its history stays.",
      request: z.object({ name, reason }),
      response: z.object({}),
      errors: ["RESOURCE_DOES_NOT_EXIST", "RESOURCE_CONFLICT"],
    },
    setWeights: {
      method: "PUT",
      path: `${path}/weights`,
      summary: "Share the traffic out anew, at once. Weights are divided by their sum.",
      request: z.object({ name, weights: z.record(variantName, weight), reason, expectedRevision }),
      response: endpointReply,
      errors: ["INVALID_PARAMETER_VALUE", "RESOURCE_DOES_NOT_EXIST", "RESOURCE_CONFLICT"],
    },
    listEndpointEvents: {
      method: "GET",
      path: `${path}/events`,
      summary: "The endpoint's history, latest first.",
      request: z.object({ name, limit: z.coerce.number().int().min(1).max(1_000).default(100) }),
      response: z.object({ events: z.array(EndpointEvent) }),
      errors: [],
    },
    getEndpointStatistics: {
      method: "GET",
      path: `${path}/statistics`,
      summary: "Traffic, failures and latency per variant, over the last minutes and minute by minute.",
      request: z.object({ name, minutes: z.coerce.number().int().min(1).max(2_880).default(60).describe("Counts are kept for two days.") }),
      response: z.object({
        variants: z.array(VariantStatistics),
        series: z.array(z.object({ minute: z.int().describe("Start, in milliseconds since the epoch."), variants: z.array(VariantStatistics) })),
      }),
      errors: ["RESOURCE_DOES_NOT_EXIST"],
    },
    listExampleRows: {
      method: "GET",
      path: `${path}/example-rows`,
      summary: "Rows to try the endpoint with: the input example of the model, then requests captured in the last two days, the latest first; at most 50.",
      request: z.object({ name, variant: variantName.optional().describe("Whose rows; without it the variant with the largest share.") }),
      response: z.object({ variant: z.string(), rows: z.array(ExampleRow) }),
      errors: ["RESOURCE_DOES_NOT_EXIST"],
    },
    revokeModelVersion: {
      method: "POST",
      path: "/capstan/v1/model-revocations",
      summary: "Stop a model version on every endpoint, for good; servers follow within seconds.",
      request: z.object({ modelName: z.string().min(1), modelVersion: z.string().min(1), reason: z.string().min(1).max(1_000) }),
      response: z.object({ endpoints: z.array(z.string()).describe("Endpoints that had the version as a variant.") }),
      errors: ["RESOURCE_DOES_NOT_EXIST"],
    },
    getModelRevocation: {
      method: "GET",
      path: "/capstan/v1/model-revocations/{digest}",
      summary: "Whether a model is stopped for good, by the SHA-256 of its file.",
      request: z.object({ digest: z.string().regex(/^[0-9a-f]{64}$/, "must be a SHA-256 in hex") }),
      response: z.object({ revocation: Revocation.nullable() }),
      errors: [],
    },
    startRollout: {
      method: "POST",
      path: `${path}/rollouts`,
      summary: "Let a model version take over step by step, watched. Repeating it with the same rolloutId starts nothing new.",
      request: z.object({ name, rolloutId: rolloutId.optional(), ...modelReference, plan: RolloutPlan.prefault({}), reason }),
      response: rolloutReply,
      errors: ["INVALID_PARAMETER_VALUE", "RESOURCE_DOES_NOT_EXIST", "RESOURCE_CONFLICT"],
    },
    listRollouts: {
      method: "GET",
      path: `${path}/rollouts`,
      summary: "Rollouts of an endpoint, latest first.",
      request: byName,
      response: z.object({ rollouts: z.array(Rollout) }),
      errors: [],
    },
    getRollout: {
      method: "GET",
      path: `${path}/rollouts/{rolloutId}`,
      summary: "Get a rollout with its decisions.",
      request: z.object({ name, rolloutId }),
      response: rolloutReply,
      errors: ["RESOURCE_DOES_NOT_EXIST"],
    },
    abortRollout: {
      method: "POST",
      path: `${path}/rollouts/{rolloutId}/abort`,
      summary: "Stop a rollout: all traffic returns to the baseline at once.",
      request: rolloutChange,
      response: rolloutReply,
      errors: ["RESOURCE_DOES_NOT_EXIST", "RESOURCE_CONFLICT"],
    },
    pauseRollout: {
      method: "POST",
      path: `${path}/rollouts/{rolloutId}/pause`,
      summary: "Keep a rollout at its step until it is resumed, for a day in all; guardrails still roll it back. Repeating it changes nothing.",
      request: rolloutChange,
      response: rolloutReply,
      errors: ["RESOURCE_DOES_NOT_EXIST", "RESOURCE_CONFLICT"],
    },
    resumeRollout: {
      method: "POST",
      path: `${path}/rollouts/{rolloutId}/resume`,
      summary: "Let a paused rollout go on where it stood. Repeating it changes nothing.",
      request: rolloutChange,
      response: rolloutReply,
      errors: ["RESOURCE_DOES_NOT_EXIST", "RESOURCE_CONFLICT"],
    },
    promoteRollout: {
      method: "POST",
      path: `${path}/rollouts/{rolloutId}/promote`,
      summary: "End a rollout in favour of the canary, without further steps.",
      request: rolloutChange,
      response: rolloutReply,
      errors: ["RESOURCE_DOES_NOT_EXIST", "RESOURCE_CONFLICT"],
    },
    rollBackRollout: {
      method: "POST",
      path: `${path}/rollouts/{rolloutId}/roll-back`,
      summary: "Return all traffic to the baseline, also after the promotion.",
      request: rolloutChange,
      response: rolloutReply,
      errors: ["RESOURCE_DOES_NOT_EXIST", "RESOURCE_CONFLICT"],
    },
  },
});
