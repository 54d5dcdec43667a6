import { inferenceContract } from "#contracts/kserve/inference.ts";
import { predictionContract } from "#contracts/platform/predictions.ts";
import type { Surface } from "#contracts/route.ts";
import { invocationContract } from "#contracts/sagemaker/invocations.ts";
import { DependencyError, DomainError } from "#core/errors.ts";
import type { HttpResponse } from "#runtime/http.ts";
import { logger } from "#runtime/logger.ts";
import { routeMatcher } from "#runtime/match-route.ts";
import { refusal, toResponse } from "#runtime/wire-errors.ts";
import { infer, modelMetadata, modelReady, serverLive, serverMetadata, serverReady } from "./kserve.ts";
import type { InferenceContext } from "./predict.ts";
import type { BufferedRequest, InferenceHandler } from "./request.ts";
import { invoke, invokeContainer, ping, predictRows } from "./scoring.ts";

type Operation = (ctx: InferenceContext, request: BufferedRequest, parameters: Readonly<Record<string, string>>) => HttpResponse | Promise<HttpResponse>;
type OperationName = keyof (typeof inferenceContract)["routes"] | keyof (typeof invocationContract)["routes"] | keyof (typeof predictionContract)["routes"];

const contracts = [inferenceContract, invocationContract, predictionContract] as const;

const operations: Readonly<Record<OperationName, Operation>> = {
  serverLive,
  serverReady,
  serverMetadata,
  modelMetadata: (ctx, _request, { model_name = "" }) => modelMetadata(ctx, model_name),
  modelVersionMetadata: (ctx, _request, { model_name = "", model_version }) => modelMetadata(ctx, model_name, model_version),
  modelReady: (ctx, _request, { model_name = "" }) => modelReady(ctx, model_name),
  modelVersionReady: (ctx, _request, { model_name = "", model_version }) => modelReady(ctx, model_name, model_version),
  infer: (ctx, request, { model_name = "" }) => infer(ctx, request, model_name),
  inferVersion: (ctx, request, { model_name = "", model_version }) => infer(ctx, request, model_name, model_version),
  ping,
  invocations: invokeContainer,
  invokeEndpoint: (ctx, request, { EndpointName = "" }) => invoke(ctx, request, EndpointName),
  predict: (ctx, request, { endpoint = "" }) => predictRows(ctx, request, endpoint),
  health: () => ({ status: 200, headers: { "content-type": "application/json" }, body: '{"status":"ok"}' }),
};

function refused(surface: Surface, request: BufferedRequest, error: unknown): HttpResponse {
  const fields = { path: request.path.slice(0, 200), requestId: request.requestId, error };
  if (error instanceof DependencyError) logger.warn("dependency failed", fields);
  else if (!(error instanceof DomainError)) logger.error("defect", fields);
  return toResponse(surface, error, request.requestId);
}

/** The name in `/v2/models/{name}/infer`, the one path that must cost nothing to match; undefined for any other. */
function inferTarget({ method, path }: BufferedRequest): string | undefined {
  if (method !== "POST" || !path.startsWith("/v2/models/") || !path.endsWith("/infer")) return undefined;
  const name = path.slice(11, -6);
  return /^[\w.-]+$/.test(name) ? name : undefined;
}

/** Answers predictions on every wire. Bodies are checked against the model that answers, not against a general schema: that is exact, and fast. */
export function createInference(ctx: InferenceContext): InferenceHandler {
  const match = routeMatcher(contracts);
  return async (request) => {
    const direct = inferTarget(request);
    if (direct !== undefined) {
      try {
        return await infer(ctx, request, direct);
      } catch (error) {
        return refused("kserve", request, error);
      }
    }
    const found = match(request.method, request.path);
    if ("allowed" in found) {
      const surface: Surface = request.path.startsWith("/v2") ? "kserve" : "platform";
      if (found.allowed.length === 0) return refusal(surface, "ENDPOINT_NOT_FOUND", `no operation at ${request.method} ${request.path.slice(0, 200)}`);
      const allow = found.allowed.join(", ");
      return refusal(surface, "METHOD_NOT_ALLOWED", `${request.method} is not allowed here, use ${allow}`, { allow });
    }
    try {
      return await operations[found.operation as OperationName](ctx, request, found.parameters);
    } catch (error) {
      return refused(found.contract.surface, request, error);
    }
  };
}
