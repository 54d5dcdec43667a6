import { defineFunction } from "#contracts/function-spec.ts";
import { modelRegistration, registeredVersion } from "#contracts/platform/model-registration.ts";

export const registerModelVersion = defineFunction({
  name: "register-model-version",
  summary: "Registers a trained model as a version, once for each digest.",
  task: { input: modelRegistration, output: registeredVersion },
  tables: { tracking: "readWrite" },
  memoryMiB: 256,
});
