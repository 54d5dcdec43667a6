import { join } from "node:path";
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { announcing } from "#gateways/eventbridge/endpoint-events.ts";
import { s3 } from "#stores/clients.ts";
import { s3Objects } from "#stores/s3/objects.ts";
import { endpointContext } from "#stores/serving-context.ts";
import type { Operations } from "../aws/server.ts";
import { buckets, eventBusName, tablePrefix } from "../environment.ts";
import { localTable } from "../local-table.ts";
import type { LogsParts } from "../logs/logs-operations.ts";
import { jobRows } from "../training/job-rows.ts";
import { scriptEnvironments } from "../training/script-environment.ts";
import { localTrainingJobs } from "../training/training-jobs.ts";
import { documents } from "./documents.ts";
import { endpointConfigOperations, type HostedConfig } from "./endpoint-config-operations.ts";
import { endpointOperations } from "./endpoint-operations.ts";
import { type HostedEndpoint, hosting } from "./hosting.ts";
import { type HostedModel, modelOperations, resolveHosted } from "./model-operations.ts";
import { probe } from "./probe.ts";
import { couldNotFind } from "./refusals.ts";
import { startingEnvironment } from "./starting-environment.ts";
import { trainingOperations } from "./training-operations.ts";

export interface SageMakerOptions {
  readonly client: DynamoDBClient;
  /** For the files of training jobs, a folder each. */
  readonly folder: string;
  /** Where the inference server answers. */
  readonly serving: () => string;
  /** The platform's own address, which scripts track their runs at. */
  readonly url: () => string;
}

export interface LocalSageMaker {
  /** `SageMaker.<operation>`, as the X-Amz-Target header names it. */
  readonly operations: Operations;
  /** What a training job's script has written; undefined where there is none. */
  readonly scriptLines: LogsParts["scriptLines"];
  /** Goes on with endpoints and training jobs that an earlier process left half done. */
  begin(): Promise<void>;
  stop(): Promise<void>;
}

/** Between SIGTERM and SIGKILL of a script that is stopped, as on SageMaker. */
const killAfterSeconds = 120;

/** SageMaker's control operations on this machine: training jobs are child processes, endpoints are the platform's own. */
export function startSageMaker({ client, folder, serving, url }: SageMakerOptions): LocalSageMaker {
  const table = localTable(client, `${tablePrefix}local`);
  const models = documents<HostedModel>(table, "model");
  const configs = documents<HostedConfig>(table, "endpoint-config");
  const objects = () => s3Objects(s3());
  const platform = () => announcing(endpointContext(`${tablePrefix}platform`, `${tablePrefix}tracking`, buckets.artifacts), () => eventBusName);
  const hosted = hosting({
    hosted: documents<HostedEndpoint>(table, "endpoint"),
    context: () => ({
      ...platform(),
      async resolveModelVersion({ modelName }) {
        const model = await models.find(modelName);
        if (!model) throw couldNotFind("model", modelName);
        return resolveHosted(platform(), objects(), buckets.artifacts, model);
      },
    }),
    probe: probe(serving),
    now: Date.now,
  });
  const jobs = localTrainingJobs(
    folder,
    {
      get objects() {
        return objects();
      },
      environments: scriptEnvironments(join(folder, ".environments"), process.env["CAPSTAN_PYTHON"] ?? "python3"),
      environment: () => startingEnvironment(process.env, url()),
      killAfterSeconds,
      now: Date.now,
    },
    jobRows(table),
  );
  return {
    operations: {
      ...trainingOperations(jobs),
      ...modelOperations({ models, resolver: platform, objects, now: Date.now }),
      ...endpointConfigOperations({ configs, models, now: Date.now }),
      ...endpointOperations(hosted, configs),
    },
    scriptLines: (job) => jobs.log(job),
    async begin() {
      await jobs.resume();
      await hosted.resume();
    },
    async stop() {
      await jobs.close();
      await hosted.settled();
    },
  };
}
