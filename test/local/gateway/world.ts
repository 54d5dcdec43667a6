import { parseJson } from "#runtime/exact-json.ts";
import { json, type Sent, send } from "./send.ts";

/** Things that exist, under the field names by which requests speak of them: hostile input is to get past the first look-up. */
export type World = Readonly<Record<string, unknown>>;

const mlflow = "/api/2.0/mlflow";

/** Makes one of each, all that have a name of their choice called `thing`. */
export async function makeWorld(url: string): Promise<World> {
  // biome-ignore lint/suspicious/noExplicitAny: each reply has its own shape
  async function made(request: Sent): Promise<any> {
    const { status, text } = await send(url, request);
    if (status !== 200) throw new Error(`${request.path} answers ${status}: ${text}`);
    return text.startsWith("{") ? parseJson(text) : text;
  }
  const post = (path: string, fields: object, method = "POST") => made({ method, path, headers: json, body: JSON.stringify(fields) });

  const { experiment_id } = await post(`${mlflow}/experiments/create`, { name: "thing" });
  const { run } = await post(`${mlflow}/runs/create`, { experiment_id, run_name: "thing", start_time: 1 });
  const { run_id } = run.info;
  const artifact_path = `${experiment_id}/${run_id}/artifacts/thing.txt`;
  await made({ method: "PUT", path: `/api/2.0/mlflow-artifacts/artifacts/${artifact_path}`, body: "a thing" });
  await post(`${mlflow}/runs/log-batch`, { run_id, metrics: [{ key: "thing", value: 1, timestamp: 1 }], tags: [{ key: "thing", value: "1" }] });
  const { model } = await post(`${mlflow}/logged-models`, { experiment_id, name: "thing", source_run_id: run_id });
  await post(`${mlflow}/registered-models/create`, { name: "thing" });
  await post(`${mlflow}/model-versions/create`, { name: "thing", source: `models:/${model.info.model_id}` });
  await post(`${mlflow}/registered-models/alias`, { name: "thing", alias: "thing", version: "1" });
  await post("/capstan/v1/datasets/thing", {}, "PUT");
  await post("/capstan/v1/features/entities/thing", { joinKey: "thing", valueType: "STRING" }, "PUT");
  await post("/capstan/v1/features/views/thing", { entities: ["thing"], features: [{ name: "value", valueType: "DOUBLE" }] }, "PUT");
  await post("/capstan/v1/features/services/thing", { features: ["thing:value"] }, "PUT");
  return {
    ...{ experiment_id, run_id, run_uuid: run_id, run_ids: [run_id], experiment_ids: [experiment_id], source_run_id: run_id, artifact_path },
    ...{ model_id: model.info.model_id, name: "thing", version: "1", alias: "thing", key: "thing", metric_key: "thing", path: "thing.txt" },
    ...{ dataset: "thing", features: ["thing:value"], entities: { thing: ["a"] }, feature_view_name: "thing", push_source_name: "thing" },
    ...{ artifact_file_path: "thing.txt", source: `models:/${model.info.model_id}`, max_results: 10 },
  };
}
