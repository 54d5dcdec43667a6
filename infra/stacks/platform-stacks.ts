import { Tags } from "aws-cdk-lib";
import type { Construct } from "constructs";
import type { DeploymentConfig } from "../config.ts";
import { ApiStack } from "./api.ts";
import { MonitoringStack } from "./monitoring.ts";
import { PipelinesStack } from "./pipelines.ts";
import { ServingStack } from "./serving.ts";
import { StorageStack } from "./storage.ts";
import { WebStack } from "./web.ts";

/** Every stack of one stage, in the order in which they stand on each other. */
export function platformStacks(scope: Construct, config: DeploymentConfig) {
  Tags.of(scope).add("capstan:stage", config.stage);
  const id = (name: string) => `Capstan-${config.stage}-${name}`;
  const place = { config, ...(config.region !== undefined && { env: { region: config.region } }) };
  const storage = new StorageStack(scope, id("Storage"), { ...place, description: "Capstan: tables, buckets, key" });
  const pipelines = new PipelinesStack(scope, id("Pipelines"), { ...place, storage, description: "Capstan: state machines and their functions" });
  const api = new ApiStack(scope, id("Api"), { ...place, storage, pipelines, description: "Capstan: HTTP API and its functions" });
  const serving = new ServingStack(scope, id("Serving"), { ...place, storage, description: "Capstan: image, roles and GPU service of inference" });
  const monitoring = new MonitoringStack(scope, id("Monitoring"), {
    ...place,
    storage,
    pipelines,
    api,
    serving,
    description: "Capstan: schedules, rules, alarms",
  });
  const web = new WebStack(scope, id("Web"), { ...place, storage, api, description: "Capstan: console" });
  return { storage, pipelines, api, serving, monitoring, web };
}
