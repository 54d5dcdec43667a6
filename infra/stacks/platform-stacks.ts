import type { Construct } from "constructs";
import type { DeploymentConfig } from "../config.ts";
import { ApiStack } from "./api.ts";
import { PipelinesStack } from "./pipelines.ts";
import { StorageStack } from "./storage.ts";

/** Every stack of one stage, in the order in which they stand on each other. */
export function platformStacks(scope: Construct, config: DeploymentConfig) {
  const id = (name: string) => `Capstan-${config.stage}-${name}`;
  const place = { config, ...(config.region !== undefined && { env: { region: config.region } }) };
  const storage = new StorageStack(scope, id("Storage"), { ...place, description: "Capstan: tables, buckets, key" });
  const pipelines = new PipelinesStack(scope, id("Pipelines"), { ...place, storage, description: "Capstan: state machines and their functions" });
  const api = new ApiStack(scope, id("Api"), { ...place, storage, pipelines, description: "Capstan: HTTP API and its functions" });
  return { storage, pipelines, api };
}
