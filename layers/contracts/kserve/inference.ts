import * as z from "zod";
import { datatypes } from "../platform/model-signature.ts";
import { defineContract } from "../route.ts";

/** Open Inference Protocol V2, REST. Element counts and types are checked against the model that answers. */
const parameters = z.record(z.string(), z.unknown()).optional();
const datatype = z.enum(datatypes);
const tensor = { name: z.string(), shape: z.array(z.int()), datatype, parameters };

export const InferRequest = z
  .object({
    id: z.string().optional(),
    parameters,
    inputs: z.array(z.object({ ...tensor, data: z.array(z.unknown()).optional().describe("Flat or nested; absent where the binary extension carries it.") })),
    outputs: z.array(z.object({ name: z.string(), parameters })).optional(),
  })
  .meta({ id: "InferRequest", description: "Tensors for a model." });
export const InferResponse = z
  .object({
    model_name: z.string(),
    model_version: z.string(),
    id: z.string().optional(),
    parameters,
    outputs: z.array(z.object({ ...tensor, data: z.array(z.unknown()).optional().describe("Flat; NaN and infinities, which JSON lacks, are null.") })),
  })
  .meta({ id: "InferResponse", description: "Tensors from a model." });

const described = z.object({ name: z.string(), datatype, shape: z.array(z.int()) });
const ModelMetadata = z
  .object({ name: z.string(), versions: z.array(z.string()), platform: z.string(), inputs: z.array(described), outputs: z.array(described) })
  .meta({ id: "ModelMetadata", description: "What a model takes and gives; -1 is a dimension of any size." });

const model_name = z.string();
const model_version = z.string();

export const inferenceContract = defineContract({
  name: "inference",
  surface: "kserve",
  summary: "Open Inference Protocol V2 (KServe, Triton). A model name is an endpoint's name.",
  routes: {
    serverLive: {
      method: "GET",
      path: "/v2/health/live",
      summary: "Whether the process answers.",
      request: z.object({}),
      response: z.object({ live: z.boolean() }),
      errors: [],
      open: true,
    },
    serverReady: {
      method: "GET",
      path: "/v2/health/ready",
      summary: "Whether predictions can be answered.",
      request: z.object({}),
      response: z.object({ ready: z.boolean() }),
      errors: [],
      open: true,
    },
    serverMetadata: {
      method: "GET",
      path: "/v2",
      summary: "Name, version and extensions of the server.",
      request: z.object({}),
      response: z.object({ name: z.string(), version: z.string(), extensions: z.array(z.string()) }),
      errors: [],
      open: true,
    },
    modelMetadata: {
      method: "GET",
      path: "/v2/models/{model_name}",
      summary: "Inputs and outputs.",
      request: z.object({ model_name }),
      response: ModelMetadata,
      errors: ["RESOURCE_DOES_NOT_EXIST"],
    },
    modelVersionMetadata: {
      method: "GET",
      path: "/v2/models/{model_name}/versions/{model_version}",
      summary: "Inputs and outputs of one version.",
      request: z.object({ model_name, model_version }),
      response: ModelMetadata,
      errors: ["RESOURCE_DOES_NOT_EXIST"],
    },
    modelReady: {
      method: "GET",
      path: "/v2/models/{model_name}/ready",
      summary: "Whether the model is loaded; loads it.",
      request: z.object({ model_name }),
      response: z.object({ ready: z.boolean() }),
      errors: ["RESOURCE_DOES_NOT_EXIST"],
    },
    modelVersionReady: {
      method: "GET",
      path: "/v2/models/{model_name}/versions/{model_version}/ready",
      summary: "Whether one version is loaded; loads it.",
      request: z.object({ model_name, model_version }),
      response: z.object({ ready: z.boolean() }),
      errors: ["RESOURCE_DOES_NOT_EXIST"],
    },
    infer: {
      method: "POST",
      path: "/v2/models/{model_name}/infer",
      summary: "Predict, by the endpoint's weights.",
      request: z.object({ model_name, ...InferRequest.shape }),
      response: InferResponse,
      errors: ["INVALID_PARAMETER_VALUE", "RESOURCE_DOES_NOT_EXIST", "REQUEST_TOO_LARGE"],
    },
    inferVersion: {
      method: "POST",
      path: "/v2/models/{model_name}/versions/{model_version}/infer",
      summary: "Predict with one version.",
      request: z.object({ model_name, model_version, ...InferRequest.shape }),
      response: InferResponse,
      errors: ["INVALID_PARAMETER_VALUE", "RESOURCE_DOES_NOT_EXIST", "REQUEST_TOO_LARGE"],
    },
  },
});
