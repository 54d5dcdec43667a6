import { getLoggedModel } from "#core/logged-models/logged-model.ts";
import { getVersion } from "#core/registry/model-versions.ts";
import type { RegistryContext } from "#core/registry/registry.ts";
import { getRun } from "#core/tracking/runs.ts";
import type { TrackingContext } from "#core/tracking/tracking.ts";
import type { ArtifactContext } from "./artifacts.ts";

/** Roots as tracking and the registry know them; deleted runs and models keep theirs. */
export const trackedRoots = (tracking: TrackingContext, registry: RegistryContext): ArtifactContext["roots"] => ({
  run: async (runId) => (await getRun(tracking, runId)).artifactUri,
  loggedModel: async (modelId) => (await getLoggedModel(tracking, modelId, true)).artifactUri,
  modelVersion: async (name, version) => (await getVersion(registry, name, version)).version.location,
});
