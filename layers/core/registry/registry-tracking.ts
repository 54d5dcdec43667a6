import { getLoggedModel } from "#core/logged-models/logged-model.ts";
import { noteRegistration } from "#core/logged-models/logged-models.ts";
import { getRun } from "#core/tracking/runs.ts";
import type { TrackingContext } from "#core/tracking/tracking.ts";
import type { RegistryTracking } from "./registry.ts";

/** What the registry asks of tracking, answered by it. */
export const registryTracking = (tracking: TrackingContext): RegistryTracking => ({
  artifactUriOfRun: async (runId) => (await getRun(tracking, runId)).artifactUri,
  findLoggedModel: async (modelId) => await getLoggedModel(tracking, modelId),
  noteRegistration: async (modelId, registration) => await noteRegistration(tracking, modelId, registration),
});
