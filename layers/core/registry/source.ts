import { isUnsafePath } from "#core/artifacts/artifact-path.ts";
import { invalid } from "#core/errors.ts";
import { kindOf, promptSources } from "./prompts.ts";
import type { ModelVersion, RegisteredModel, RegistryContext } from "./registry.ts";
import { versionOfReference } from "./version-reference.ts";

/** What a request says of where a version's files are. */
export interface GivenSource {
  readonly source: string;
  readonly runId?: string | undefined;
  readonly modelId?: string | undefined;
}
export type ResolvedSource = Pick<ModelVersion, "source" | "location" | "runId" | "modelId">;
interface Given extends GivenSource {
  readonly tags: ReadonlyMap<string, string>;
}

const wrong = (source: string, why: string) => invalid(`Invalid model version source: '${source}'. ${why}`);
const modelReference = /^models:\/+(m-[0-9a-f]{32})$/;
const runReference = /^runs:\/+([^/]+)\/?(.*)$/s;

function resolved(given: GivenSource, location: string, runId = given.runId, modelId = given.modelId): ResolvedSource {
  return { source: given.source, location, ...(runId !== undefined && runId !== "" && { runId }), ...(modelId !== undefined && modelId !== "" && { modelId }) };
}

async function fromLoggedModel(ctx: RegistryContext, given: Given, modelId: string): Promise<ResolvedSource> {
  if (given.modelId !== undefined && given.modelId !== modelId) throw wrong(given.source, `The model_id request parameter must be '${modelId}' or absent.`);
  const { artifactUri, sourceRunId } = await ctx.tracking.findLoggedModel(modelId);
  return resolved(given, artifactUri, given.runId ?? sourceRunId, modelId);
}

async function fromRun(ctx: RegistryContext, given: Given, runId: string, path: string): Promise<ResolvedSource> {
  if (given.runId !== runId) throw wrong(given.source, `The run_id request parameter must be '${runId}'.`);
  const root = await ctx.tracking.artifactUriOfRun(runId);
  return resolved(given, path === "" ? root : `${root}/${path}`);
}

/** `mlflow-artifacts:/x`, `mlflow-artifacts:///x` and `mlflow-artifacts://host/x` are one place. */
const normalized = (uri: string) => uri.replace(/^mlflow-artifacts:(?:\/\/[^/]*)?\/*/, "mlflow-artifacts:/").replace(/\/+$/, "");
const isInside = (root: string, uri: string) => `${normalized(uri)}/`.startsWith(`${normalized(root)}/`);

/** A place that this server keeps files at must belong to the run or logged model that is named: else one could read another's. */
async function fromOwnStore(ctx: RegistryContext, given: Given): Promise<ResolvedSource> {
  const roots = [
    ...(given.runId !== undefined && given.runId !== "" ? [await ctx.tracking.artifactUriOfRun(given.runId)] : []),
    ...(given.modelId !== undefined && given.modelId !== "" ? [(await ctx.tracking.findLoggedModel(given.modelId)).artifactUri] : []),
  ];
  if (roots.some((root) => isInside(root, given.source))) return resolved(given, given.source);
  throw wrong(given.source, "It must lie within the artifacts of the run or logged model that run_id or model_id names.");
}

/** Where a source stands for, checked against who may name it. @throws DomainError */
export async function resolveSource(ctx: RegistryContext, model: RegisteredModel, given: Given): Promise<ResolvedSource> {
  const { source } = given;
  if (kindOf(model) === "prompt" || kindOf(given) === "prompt") {
    if (!promptSources.includes(source)) throw wrong(source, `The source of a prompt must be one of ${promptSources.join(", ")}.`);
    return resolved(given, source);
  }
  const [, scheme = "", rest = ""] = /^([a-z][a-z0-9+.-]*):\/*(.*)$/is.exec(source) ?? [];
  if (scheme === "" || scheme === "file" || scheme.length === 1)
    throw wrong(
      source,
      "It must be a URI such as s3://bucket/path, models:/m-<id>, runs:/<run id>/path or mlflow-artifacts:/path: this server keeps no local files.",
    );
  if (isUnsafePath(rest)) throw wrong(source, "It must not hold .. segments, backslashes, fragments or NUL.");
  const [, modelId] = modelReference.exec(source) ?? [];
  if (modelId !== undefined) return await fromLoggedModel(ctx, given, modelId);
  const [, runId, path = ""] = runReference.exec(source) ?? [];
  if (runId !== undefined) return await fromRun(ctx, given, runId, path);
  if (scheme === "mlflow-artifacts" || scheme === "http" || scheme === "https") return await fromOwnStore(ctx, given);
  if (given.modelId !== undefined && given.modelId !== "") await ctx.tracking.findLoggedModel(given.modelId);
  if (scheme !== "models") return resolved(given, source);
  const { location } = await versionOfReference(ctx, source);
  return resolved(given, location);
}
