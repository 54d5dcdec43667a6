import type { Api } from "./api.ts";
import { differs, type Workload, workload } from "./workloads.ts";

const mlflow = "/api/2.0/mlflow";
const proxy = "/api/2.0/mlflow-artifacts/artifacts";

/** What all rounds share. */
export interface Place {
  readonly experimentId: string;
  readonly modelId: string;
}

export async function makePlace(api: Api): Promise<Place> {
  const { experiment_id: experimentId } = await api.call("POST", `${mlflow}/experiments/create`, { name: "faults" });
  const { model } = await api.call("POST", `${mlflow}/logged-models`, { experiment_id: experimentId, name: "m" });
  await api.call("POST", `${mlflow}/registered-models/create`, { name: "m" });
  await api.call("PUT", "/capstan/v1/features/entities/driver", { joinKey: "driver", valueType: "INT64" });
  await api.call("PUT", "/capstan/v1/features/views/trips", { entities: ["driver"], features: [{ name: "count", valueType: "INT64" }] });
  await api.call("PUT", "/capstan/v1/datasets/faults", {});
  return { experimentId, modelId: model.info.model_id };
}

const getRun = async (api: Api, runId: string) => (await api.call("GET", `${mlflow}/runs/get?run_id=${runId}`)).run;
const historyOf = async (api: Api, runId: string, key: string): Promise<readonly { step: number; value: number }[]> =>
  (await api.call("GET", `${mlflow}/metrics/get-history?run_id=${runId}&metric_key=${key}`)).metrics ?? [];
const valueAt = (step: number) => step * step + 0.25;

/** Runs: those that were acknowledged are there, and a search shows nothing that cannot be read. */
export function runs({ experimentId }: Place, round: number): Workload {
  const ids = new Map<string, string>();
  return workload({
    title: "runs",
    next: (index) => `run-${round}-${index}`,
    write: async (api, run_name) => {
      const { run } = await api.call("POST", `${mlflow}/runs/create`, { experiment_id: experimentId, run_name, start_time: 1 });
      ids.set(run_name, run.info.run_id);
    },
    check: async (api, done) => {
      const filter = `attributes.run_name LIKE 'run-${round}-%'`;
      const found = (await api.call("POST", `${mlflow}/runs/search`, { experiment_ids: [experimentId], filter, max_results: 1000 })).runs ?? [];
      const read = await Promise.all(found.map(({ info }: { info: { run_id: string } }) => getRun(api, info.run_id)));
      const known = new Set(found.map(({ info }: { info: { run_id: string } }) => info.run_id));
      return [
        ...done.filter((name) => !known.has(ids.get(name))).map((name) => `${name} is gone`),
        ...read.flatMap((run, index) => differs("a found run", run.info, found[index].info)),
      ];
    },
  });
}

/** Single points of one metric: all there, none altered, and the latest is the last. */
export function metrics(runId: string): Workload {
  return workload({
    title: "metrics",
    next: (step) => step,
    write: (api, step) => api.call("POST", `${mlflow}/runs/log-metric`, { run_id: runId, key: "m", value: valueAt(step), timestamp: 1, step }),
    check: async (api, done) => {
      const history = await historyOf(api, runId, "m");
      const steps = new Set(history.map(({ step }) => step));
      const latest = (await getRun(api, runId)).data.metrics?.find(({ key }: { key: string }) => key === "m");
      return [
        ...done.filter((step) => !steps.has(step)).map((step) => `point ${step} is gone`),
        ...history.flatMap(({ step, value }) => differs(`point ${step}`, value, valueAt(step))),
        ...differs("count of points", history.length, steps.size),
        ...(history.length === 0 ? [] : differs("latest step", Number(latest?.step), Math.max(...steps))),
      ];
    },
  });
}

/** Batches of points, params and tags: all of each. */
export function batches(runId: string): Workload {
  const size = 20;
  return workload({
    title: "batches",
    next: (index) => index,
    write: (api, index) =>
      api.call("POST", `${mlflow}/runs/log-batch`, {
        run_id: runId,
        metrics: Array.from({ length: size }, (_none, at) => ({ key: "b", value: valueAt(index * size + at), timestamp: 1, step: index * size + at })),
        params: [{ key: `p${index}`, value: String(index) }],
        tags: [{ key: `t${index}`, value: "x".repeat(index) }],
      }),
    check: async (api, done) => {
      const { params = [], tags = [] } = (await getRun(api, runId)).data;
      const values = new Map([...params, ...tags].map(({ key, value }: { key: string; value: string }) => [key, value]));
      const points = new Map((await historyOf(api, runId, "b")).map(({ step, value }) => [step, value]));
      const lost = done.flatMap((index) => Array.from({ length: size }, (_none, at) => index * size + at)).filter((step) => points.get(step) !== valueAt(step));
      return [
        ...lost.map((step) => `point ${step} is ${points.get(step)}`),
        ...done.flatMap((index) => [
          ...differs(`param p${index}`, values.get(`p${index}`), String(index)),
          ...differs(`tag t${index}`, values.get(`t${index}`), "x".repeat(index)),
        ]),
      ];
    },
  });
}

const contentOf = (index: number) => `${index} `.repeat(1 + ((index * 7919) % 40_000));

/** Files of a run: what was acknowledged byte for byte, nothing cut off, and a list that shows just those. */
export function artifacts({ experimentId }: Place, runId: string): Workload {
  const root = `${experimentId}/${runId}/artifacts`;
  return workload({
    title: "artifacts",
    next: (index) => index,
    write: (api, index) => api.put(`${proxy}/${root}/f${index}.txt`, contentOf(index)),
    check: async (api, done, doubtful) => {
      const { files = [] } = await api.call("GET", `${proxy}?path=${root}`);
      const listed = new Map<string, number>(files.map(({ path, file_size }: { path: string; file_size: number }) => [path, file_size]));
      const problems: string[] = [];
      for (const index of [...done, ...doubtful]) {
        const [text, size] = [await api.text(`${proxy}/${root}/f${index}.txt`), listed.get(`f${index}.txt`)];
        if (text === undefined && size === undefined && doubtful.includes(index)) continue;
        if (text !== contentOf(index) || size !== text.length) problems.push(`f${index}.txt has ${text?.length} characters, is listed with ${size}`);
      }
      return problems;
    },
  });
}

/** Versions of one model, from every round: each number once, and every version that is found can be read. */
export function versions({ modelId }: Place, round: number, numbers: Map<string, string>): Workload {
  return workload({
    title: "versions",
    next: (index) => `${round}-${index}`,
    write: async (api, description) => {
      const made = await api.call("POST", `${mlflow}/model-versions/create`, { name: "m", source: `models:/${modelId}`, description });
      numbers.set(description, made.model_version.version);
    },
    check: async (api, done) => {
      const filter = encodeURIComponent("name = 'm'");
      const found = (await api.call("GET", `${mlflow}/model-versions/search?filter=${filter}&max_results=10000`)).model_versions ?? [];
      const byNumber = new Map(found.map((version: { version: string; description: string }) => [version.version, version.description]));
      const last = found.find(({ description }: { description: string }) => description === done.at(-1));
      const read = last && (await api.call("GET", `${mlflow}/model-versions/get?name=m&version=${last.version}`)).model_version;
      return [
        ...done.flatMap((description) => differs(`version ${numbers.get(description)}`, byNumber.get(numbers.get(description)), description)),
        ...differs("count of numbers", new Set(numbers.values()).size, numbers.size),
        ...differs("the last one read", read, last),
      ];
    },
  });
}

/** Rows of one driver, each newer than the one before: what is served is the last acknowledged one or one in doubt. */
export function rows(round: number): Workload {
  return workload({
    title: "feature rows",
    next: (index) => index,
    write: (api, count) =>
      api.call("POST", "/capstan/v1/features/views/trips/rows", { rows: [{ driver: round, count, event_timestamp: 1_700_000_000 + count }] }),
    check: async (api, done, doubtful) => {
      const { results } = await api.call("POST", "/get-online-features", { features: ["trips:count"], entities: { driver: [round] } });
      const served: unknown = results[1]?.values[0];
      const possible = [done.length === 0 ? null : Math.max(...done), ...doubtful];
      return possible.includes(served as number) ? [] : [`driver ${round} has ${String(served)}, not one of ${possible.join(", ")}`];
    },
  });
}

/** Uploads to a dataset: the file that was acknowledged lies where the answer says. @param read an object's text */
export function uploads(round: number, read: (uri: string) => Promise<string>): Workload {
  const uris = new Map<number, string>();
  const contentType = "x,y\n";
  return workload({
    title: "uploads",
    next: (index) => index,
    write: async (api, index) => {
      const { sourceUri } = await api.call("PUT", `/capstan/v1/datasets/faults/uploads/r${round}-${index}.csv`, { content: contentType, index });
      uris.set(index, sourceUri);
    },
    check: async (_api, done) => {
      const found = await Promise.all(done.map((index) => read(uris.get(index) ?? "")));
      return done.flatMap((index, at) => differs(`upload ${index}`, found[at], JSON.stringify({ content: contentType, index })));
    },
  });
}
