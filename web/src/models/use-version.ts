import { useQuery } from "@tanstack/react-query";
import type { pipelineContract } from "#contracts/platform/pipelines.ts";
import { address, mlflow } from "../address.ts";
import { Refused, type ReplyOf, request } from "../client.ts";
import type { RunReply } from "../experiments/wire.ts";
import { useRead } from "../queries.ts";
import { champion, filePath, servingPath, tagOf } from "./names.ts";
import { mlflowSignature, platformSignature, type SignatureRow } from "./signature.ts";
import type { ApprovalsReply, EndpointsReply, ModelReply, RevocationReply, VersionReply } from "./wire.ts";

/** A small file of a version as text; null where it has none. */
async function fileText(name: string, version: string, path: string, signal: AbortSignal): Promise<string | null> {
  try {
    return await (await request(filePath(name, version, path), { signal })).text();
  } catch (error) {
    if (error instanceof Refused) return null;
    throw error;
  }
}

/** The platform's own description first, which knows columns; else MLflow's. */
async function readSignature(name: string, version: string, signal: AbortSignal): Promise<readonly SignatureRow[] | null> {
  const own = await fileText(name, version, "capstan.json", signal);
  const known = own === null ? undefined : platformSignature(own);
  if (known) return known;
  const mlmodel = await fileText(name, version, "MLmodel", signal);
  return (mlmodel === null ? undefined : mlflowSignature(mlmodel)) ?? null;
}

const runPath = (runId: string | undefined) => mlflow("runs/get", { run_id: runId ?? "" });
const useRun = (runId: string | undefined) => useRead<RunReply>(runPath(runId), { enabled: runId !== undefined, every: false }).data?.run;

/** A version with all that the platform knows around it: at most nine reads, whatever the size of the registry. */
export function useVersion(name: string, version: string) {
  const query = useRead<VersionReply>(mlflow("model-versions/get", { name, version }));
  const found = query.data?.model_version;
  const model = useRead<ModelReply>(mlflow("registered-models/get", { name })).data?.registered_model;
  const endpoints = useRead<EndpointsReply>(servingPath(name)).data?.endpoints;
  const approvals = useRead<ApprovalsReply>(address(["capstan", "v1", "approvals"], { registeredModel: name, modelVersion: version, limit: 200 })).data
    ?.approvals;
  const signature = useQuery({
    queryKey: ["signature", name, version],
    queryFn: ({ signal }) => readSignature(name, version, signal),
    staleTime: Number.POSITIVE_INFINITY,
  }).data;

  const best = model?.aliases?.find(({ alias }) => alias === champion)?.version;
  const isChampion = best === version;
  const digest = found && tagOf(found, "capstan.digest");
  const kept = useRead<RevocationReply>(address(["capstan", "v1", "model-revocations", digest ?? ""]), { enabled: digest !== undefined }).data?.revocation;
  const variants = (endpoints ?? []).flatMap((it) => it.variants).filter((it) => it.modelName === name && it.modelVersion === version);
  const rival = useRead<VersionReply>(mlflow("model-versions/get", { name, version: best ?? "" }), { enabled: best !== undefined && !isChampion }).data
    ?.model_version;
  const run = useRun(found?.run_id);
  const rivalRun = useRun(isChampion ? undefined : rival?.run_id);
  const execution = found && tagOf(found, "capstan.execution");
  const asked = useRead<ReplyOf<typeof pipelineContract, "getExecution">>(address(["capstan", "v1", "executions", execution ?? ""]), {
    enabled: execution !== undefined,
    every: false,
  }).data?.request;
  return {
    query,
    version: found,
    model,
    endpoints: endpoints ?? [],
    digest: digest ?? variants[0]?.digest,
    revocation: kept ?? variants.find(({ revoked }) => revoked)?.revoked,
    approvals,
    signature,
    run,
    execution,
    /** `view:feature` of the features that it was trained on. */
    featureReferences: asked?.features?.references ?? [],
    /** The champion, when it is another version. */
    rival: isChampion ? undefined : rival,
    rivalRun,
  };
}
export type VersionFacts = ReturnType<typeof useVersion>;
