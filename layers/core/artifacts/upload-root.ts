import { invalid } from "#core/errors.ts";
import type { ArtifactContext } from "./artifacts.ts";

/** The root of the run or logged model that an upload names. @throws DomainError unless it is one of the two */
export async function rootOfUpload({ roots }: ArtifactContext, runId = "", modelId = ""): Promise<string> {
  if ((runId === "") === (modelId === "")) throw invalid(`one of run_id and model_id must be given, got ${runId === "" ? "neither" : "both"}`);
  return runId === "" ? await roots.loggedModel(modelId) : await roots.run(runId);
}
