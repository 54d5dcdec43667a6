import { ScanCommand } from "@aws-sdk/client-dynamodb";
import { ListObjectsV2Command, PutObjectCommand } from "@aws-sdk/client-s3";
import { experimentsContract } from "#contracts/mlflow/experiments.ts";
import { inputsContract } from "#contracts/mlflow/inputs.ts";
import { loggedModelsContract } from "#contracts/mlflow/logged-models.ts";
import { metricsContract } from "#contracts/mlflow/metrics.ts";
import { modelVersionsContract } from "#contracts/mlflow/model-versions.ts";
import { registeredModelsContract } from "#contracts/mlflow/registered-models.ts";
import { runsContract } from "#contracts/mlflow/runs.ts";
import { trashContract } from "#contracts/platform/trash.ts";
import type { FinishContext } from "#core/tracking/finish-removal.ts";
import { createTask as compactTask } from "#functions/compact-runs/handler.ts";
import { createHandler as experimentsHandler } from "#functions/mlflow-experiments/handler.ts";
import { createHandler as modelsHandler } from "#functions/mlflow-logged-models/handler.ts";
import { createHandler as registryHandler } from "#functions/mlflow-registry/handler.ts";
import { createHandler as runsHandler } from "#functions/mlflow-runs/handler.ts";
import { createTask as removeTask } from "#functions/remove-experiments/handler.ts";
import { createHandler as trashHandler } from "#functions/trash/handler.ts";
import { executionDocuments } from "#stores/dynamodb/pipelines/pipeline-documents.ts";
import { loggedModelContext, registryContext } from "#stores/dynamodb/registry/registry-context.ts";
import { dynamoDbTable } from "#stores/dynamodb/tracking/dynamodb-table.ts";
import { remains } from "#stores/dynamodb/tracking/remains.ts";
import { removalStore } from "#stores/dynamodb/tracking/removal-store.ts";
import { runSearchContext } from "#stores/dynamodb/tracking/run-search-context.ts";
import { trackingStores } from "#stores/dynamodb/tracking/tracking-stores.ts";
import { artifactStore } from "#stores/s3/artifacts.ts";
import { blockFiles } from "#stores/s3/blocks/block-files.ts";
import { s3Objects } from "#stores/s3/objects.ts";
import { call } from "#test/support/call.ts";
import { startLocalObjects } from "#test/support/local-objects.ts";
import { startLocalTables } from "#test/support/local-tables.ts";

type Fields = Readonly<Record<string, unknown>>;
export const bucket = "artifacts";

/** The functions that make, delete and remove experiments, over one table and one bucket of their own, called through their front doors. */
export async function startRemoval() {
  const [tables, objects] = await Promise.all([startLocalTables(), startLocalObjects(bucket)]);
  const { client } = tables;
  const table = tables.table("tracking");
  const tracking = runSearchContext(client, { table, objects: s3Objects(objects.client), bucket });
  const registered = registryContext(client, table);
  const removals = removalStore(client, table, dynamoDbTable(client, table));
  const { experiments: kept, models, runRecords } = trackingStores(client, table);
  const files = blockFiles(s3Objects(objects.client), bucket);
  const artifacts = artifactStore(objects.client, objects.presigner);
  const executions = executionDocuments(client, tables.table("platform"));
  const finish: FinishContext = {
    remains: remains(dynamoDbTable(client, table), files, models, removals),
    registry: registered.registry,
    artifacts,
    bucket,
  };
  const announced: string[] = [];
  const announce = async (experimentId: string) => void announced.push(experimentId);
  const roots = { run: async () => "", loggedModel: async () => "", modelVersion: async () => "" };
  // As if it had packed a minute ago: nobody waits for its lease.
  const compact = compactTask({ experiments: kept, records: runRecords, files, now: () => Date.now() - 60_000 });
  const [forExperiments, forRuns, forRegistry] = [experimentsHandler(tracking), runsHandler(tracking), registryHandler(registered)];
  const forModels = modelsHandler(loggedModelContext(client, table), { artifacts, bucket, roots });
  const forTrash = trashHandler({ experiments: kept, removals, registry: registered.registry, executions, announce, now: Date.now });

  const experiments = (operation: keyof typeof experimentsContract.routes, fields: Fields) => call(forExperiments, experimentsContract, operation, fields);
  const runs = (operation: keyof typeof runsContract.routes, fields: Fields) => call(forRuns, runsContract, operation, fields);
  const loggedModels = (operation: keyof typeof loggedModelsContract.routes, fields: Fields) => call(forModels, loggedModelsContract, operation, fields);
  const keep = (Key: string) => objects.client.send(new PutObjectCommand({ Bucket: bucket, Key, Body: "x" }));
  async function newExperiment(name: string, fields: Fields = {}): Promise<string> {
    return (await experiments("createExperiment", { name, ...fields })).body.experiment_id;
  }
  async function newRun(experiment_id: string): Promise<string> {
    const { run } = (await runs("createRun", { experiment_id, start_time: 1 })).body;
    await keep(`mlflow/${experiment_id}/${run.info.run_id}/artifacts/model/weights.bin`);
    return run.info.run_id;
  }
  return {
    finish,
    announced,
    executions,
    experiments,
    runs,
    loggedModels,
    newExperiment,
    newRun,
    registry: (operation: keyof typeof registeredModelsContract.routes, fields: Fields) => call(forRegistry, registeredModelsContract, operation, fields),
    versions: (operation: keyof typeof modelVersionsContract.routes, fields: Fields) => call(forRegistry, modelVersionsContract, operation, fields),
    toTrash: (experiment_id: string) => experiments("deleteExperiment", { experiment_id }),
    remove: (experimentId: string) => call(forTrash, trashContract, "removeExperiment", { experimentId }, { principal: "ann" }),
    removals: async () => (await call(forTrash, trashContract, "listRemovals")).body.removals,
    finished: (context: FinishContext = finish) => removeTask(context)({}),
    /** The keys of all items of the tracking table, and of all objects. */
    async everything() {
      const { Items = [] } = await client.send(new ScanCommand({ TableName: table, ConsistentRead: true }));
      const { Contents = [] } = await objects.client.send(new ListObjectsV2Command({ Bucket: bucket }));
      return { items: Items.map(({ pk, sk }) => `${pk?.S} ${sk?.S}`).toSorted(), objects: Contents.map(({ Key = "" }) => Key) };
    },
    /** An experiment with all that may hang on one: packed and live runs, points, long texts, datasets, files, a logged model. */
    async furnished(name: string) {
      const id = await newExperiment(name);
      const made = [];
      for (let count = 0; count < 12; count += 1) {
        const run_id = await newRun(id);
        const metrics = Array.from({ length: 40 }, (_, step) => ({ key: "loss", value: step, timestamp: 1, step }));
        const params = [{ key: "long", value: "p".repeat(3000) }];
        await call(forRuns, metricsContract, "logBatch", { run_id, metrics, params, tags: [{ key: "t", value: "v" }] });
        made.push(run_id);
      }
      await compact({ experimentId: id });
      const run_id = await newRun(id);
      const dataset = { name: "d", digest: "1", source_type: "local", source: "s", schema: "x".repeat(3000) };
      await call(forRuns, inputsContract, "logInputs", { run_id, datasets: [{ dataset, tags: [] }] });
      const { model } = (await loggedModels("createLoggedModel", { experiment_id: id, name: "m", source_run_id: run_id })).body;
      const modelId: string = model.info.model_id;
      await keep(`mlflow/${id}/models/${modelId}/artifacts/MLmodel`);
      return { id, runs: [...made, run_id], modelId };
    },
    async stop() {
      await tables.stop();
      await objects.stop();
    },
  };
}
