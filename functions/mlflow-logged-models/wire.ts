import { spellDouble } from "#contracts/mlflow/double.ts";
import { keyValues, listed } from "#contracts/mlflow/tags.ts";
import type { LoggedModel } from "#core/logged-models/logged-model.ts";
import type { DatasetChoice, ModelOrder } from "#core/logged-models/search-logged-models.ts";

export const entryMap = (entries: readonly { readonly key: string; readonly value: string }[]): ReadonlyMap<string, string> =>
  new Map(entries.map(({ key, value }) => [key, value]));

/** A logged model in MLflow's words. */
export const modelToWire = (model: LoggedModel) => ({
  info: {
    model_id: model.modelId,
    experiment_id: model.experimentId,
    name: model.name,
    creation_timestamp_ms: model.createdAt,
    last_updated_timestamp_ms: model.updatedAt,
    artifact_uri: model.artifactUri,
    status: model.status,
    model_type: model.modelType,
    source_run_id: model.sourceRunId,
    tags: keyValues(model.tags),
  },
  data: {
    params: keyValues(model.params),
    metrics: listed(
      model.metrics.map(({ key, value, timestamp, step, labels }) => ({
        key,
        value: spellDouble(value),
        timestamp,
        step,
        model_id: model.modelId,
        run_id: labels.runId,
        dataset_name: labels.datasetName,
        dataset_digest: labels.datasetDigest,
      })),
    ),
  },
});

interface WireDataset {
  readonly dataset_name?: string | null | undefined;
  readonly dataset_digest?: string | null | undefined;
}
export const datasetFromWire = ({ dataset_name, dataset_digest }: WireDataset): DatasetChoice => ({
  name: dataset_name ?? "",
  digest: dataset_digest ?? undefined,
});

export const orderFromWire = (order: WireDataset & { readonly field_name: string; readonly ascending?: boolean | null | undefined }): ModelOrder => ({
  field: order.field_name,
  ascending: order.ascending ?? true,
  dataset: order.dataset_name ? datasetFromWire(order) : undefined,
});
