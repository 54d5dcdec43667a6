import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTracking, type TrackingService } from "./tracking-service.ts";

let tracking: TrackingService;
let experiment_id: string;
beforeAll(async () => {
  tracking = await startTracking();
  experiment_id = await tracking.newExperiment();
});
afterAll(() => tracking.stop());

const invalid = (message: string | RegExp) => ({
  status: 400,
  body: { error_code: "INVALID_PARAMETER_VALUE", message: typeof message === "string" ? message : expect.stringMatching(message) },
});
const absent = (message: string) => ({ status: 404, body: { error_code: "RESOURCE_DOES_NOT_EXIST", message } });
const entries = (list: readonly { key: string; value: unknown }[] = []) => Object.fromEntries(list.map(({ key, value }) => [key, value]));

describe("createRun", () => {
  it("answers with a running run, its name as a tag, and empty inputs", async () => {
    const { status, body } = await tracking.runs("createRun", {
      experiment_id,
      user_id: "ann",
      run_name: "first",
      start_time: "1763700000000",
      tags: [{ key: "mlflow.user", value: "ann" }],
    });
    const { run } = body;

    expect(status).toBe(200);
    expect(run).toEqual({
      info: {
        run_id: expect.stringMatching(/^[0-9a-f]{32}$/),
        run_uuid: run.info.run_id,
        run_name: "first",
        experiment_id,
        user_id: "ann",
        status: "RUNNING",
        start_time: 1_763_700_000_000,
        artifact_uri: `mlflow-artifacts:/${experiment_id}/${run.info.run_id}/artifacts`,
        lifecycle_stage: "active",
      },
      data: {
        tags: [
          { key: "mlflow.runName", value: "first" },
          { key: "mlflow.user", value: "ann" },
        ],
      },
      inputs: {},
    });
    expect(await tracking.get(run.info.run_id)).toEqual(run);
  });

  it("takes the name from the tag, or makes one up", async () => {
    const tagged = await tracking.get(await tracking.newRun(experiment_id, { tags: [{ key: "mlflow.runName", value: "from a tag" }] }));
    const made = await tracking.get(await tracking.newRun(experiment_id));

    expect(tagged.info.run_name).toBe("from a tag");
    expect(made.info.run_name).toMatch(/^[a-z]+-[a-z]+-\d+$/);
    expect(entries(made.data.tags)["mlflow.runName"]).toBe(made.info.run_name);
  });

  it.each([
    ["two names", { run_name: "a", tags: [{ key: "mlflow.runName", value: "b" }] }, 400, /run_name/],
    ["an experiment that is not there", { experiment_id: "999999" }, 404, /No Experiment with id=999999 exists/],
    ["a start time that is no integer", { start_time: 1.5 }, 400, /parameter 'start_time'/],
  ])("refuses %s", async (_what, fields, status, message) => {
    expect(await tracking.runs("createRun", { experiment_id, ...fields })).toMatchObject({ status, body: { message: expect.stringMatching(message) } });
  });

  it("takes any number of tags of any length", async () => {
    const tags = Array.from({ length: 300 }, (_, index) => ({ key: `tag ${index}`, value: String(index % 10).repeat(index < 250 ? 1900 : 9000) }));
    const run = await tracking.get(await tracking.newRun(experiment_id, { tags }));
    const kept = entries(run.data.tags);

    expect(Object.keys(kept)).toHaveLength(301);
    expect(kept["tag 7"]).toBe("7".repeat(1900));
    expect(kept["tag 299"]).toBe("9".repeat(8000));
  });
});

describe("a run that is not there", () => {
  it.each([["ffffffffffffffffffffffffffffffff"], ["00000000000000000000000000000000"], ["no-such-run"]])("is RESOURCE_DOES_NOT_EXIST: %s", async (run_id) => {
    const message = `Run with id=${run_id} not found`;

    expect(await tracking.runs("getRun", { run_id })).toMatchObject(absent(message));
    expect(await tracking.metrics("logMetric", { run_id, key: "m", value: 1, timestamp: 1 })).toMatchObject(absent(message));
    expect(await tracking.metrics("logBatch", { run_id })).toMatchObject(absent(message));
    expect(await tracking.runs("deleteRun", { run_id })).toMatchObject(absent(message));
    expect(await tracking.runs("updateRun", { run_id, status: "FINISHED" })).toMatchObject(absent(message));
  });

  it("must be named", async () => {
    expect(await tracking.runs("getRun", {})).toMatchObject(invalid(/Missing value for required parameter 'run_id'/));
  });
});

describe("updateRun", () => {
  it("sets status, end time and name, and answers with what the run is then", async () => {
    const run_id = await tracking.newRun(experiment_id);

    const finished = await tracking.runs("updateRun", { run_id, status: "FINISHED", end_time: 9, run_name: "done" });
    expect(finished.body.run_info).toMatchObject({ run_id, status: "FINISHED", end_time: 9, run_name: "done" });
    expect(entries((await tracking.get(run_id)).data.tags)["mlflow.runName"]).toBe("done");

    const resumed = await tracking.runs("updateRun", { run_uuid: run_id, status: 1, end_time: 12 });
    expect(resumed.body.run_info).toMatchObject({ status: "RUNNING", end_time: 12, run_name: "done" });
  });

  it("is renamed by its tag as well, and keeps its name when the tag goes", async () => {
    const run_id = await tracking.newRun(experiment_id);

    await tracking.metrics("setTag", { run_id, key: "mlflow.runName", value: "by tag" });
    expect((await tracking.get(run_id)).info.run_name).toBe("by tag");
    await tracking.metrics("deleteTag", { run_id, key: "mlflow.runName" });
    expect((await tracking.get(run_id)).info.run_name).toBe("by tag");
  });

  it("refuses an unknown status", async () => {
    expect(await tracking.runs("updateRun", { run_id: await tracking.newRun(experiment_id), status: "DONE" })).toMatchObject(invalid(/parameter 'status'/));
  });
});

describe("a deleted run", () => {
  it("is still got, takes no writes, and both marks may be repeated", async () => {
    const run_id = await tracking.newRun(experiment_id);

    for (const _ of [1, 2]) expect((await tracking.runs("deleteRun", { run_id })).status).toBe(200);
    expect((await tracking.get(run_id)).info.lifecycle_stage).toBe("deleted");
    const message = `The run ${run_id} must be in the 'active' state. Current state is deleted.`;
    expect(await tracking.metrics("logMetric", { run_id, key: "m", value: 1, timestamp: 1 })).toMatchObject(invalid(message));
    expect(await tracking.metrics("logParam", { run_id, key: "m", value: "1" })).toMatchObject(invalid(message));
    expect(await tracking.metrics("setTag", { run_id, key: "m", value: "1" })).toMatchObject(invalid(message));
    expect(await tracking.metrics("logBatch", { run_id })).toMatchObject(invalid(message));
    expect(await tracking.runs("updateRun", { run_id, run_name: "x" })).toMatchObject(invalid(message));
    expect(await tracking.inputs("logOutputs", { run_id, models: [{ model_id: "m-1", step: 0 }] })).toMatchObject(invalid(message));

    for (const _ of [1, 2]) expect((await tracking.runs("restoreRun", { run_id })).status).toBe(200);
    expect((await tracking.metrics("setTag", { run_id, key: "m", value: "1" })).status).toBe(200);
  });
});

describe("inputs and outputs", () => {
  const dataset = { name: "iris", digest: "abc", source_type: "local", source: "{}", schema: "s".repeat(100_000), profile: '{"rows": 150}' };
  const tags = [{ key: "mlflow.data.context", value: "training" }];

  it("keeps datasets once each, with their tags, and models with their steps", async () => {
    const run_id = await tracking.newRun(experiment_id);

    for (const _ of [1, 2]) await tracking.inputs("logInputs", { run_id, datasets: [{ dataset, tags }], models: [{ model_id: "m-in" }] });
    await tracking.inputs("logInputs", { run_id, datasets: [{ dataset: { ...dataset, source: "another" }, tags: [] }] });
    await tracking.inputs("logOutputs", {
      run_id,
      models: [
        { model_id: "m-out", step: 3 },
        { model_id: "m-out", step: "4" },
      ],
    });

    const run = await tracking.get(run_id);
    expect(run.inputs).toEqual({ dataset_inputs: [{ dataset, tags }], model_inputs: [{ model_id: "m-in" }] });
    expect(run.outputs.model_outputs).toEqual([
      { model_id: "m-out", step: 3 },
      { model_id: "m-out", step: 4 },
    ]);
  });

  it("lists an experiment's datasets once each", async () => {
    const own = await tracking.newExperiment();
    for (const _ of [1, 2]) await tracking.inputs("logInputs", { run_id: await tracking.newRun(own), datasets: [{ dataset, tags }] });

    expect((await tracking.inputs("searchDatasets", { experiment_ids: [own] })).body).toEqual({
      dataset_summaries: [{ experiment_id: own, name: "iris", digest: "abc", context: "training" }],
    });
    expect(await tracking.inputs("searchDatasets", { experiment_ids: [] })).toMatchObject(invalid(/1 to 20/));
  });

  it("takes a thousand datasets at once", async () => {
    const run_id = await tracking.newRun(experiment_id);
    const datasets = Array.from({ length: 1000 }, (_, index) => ({ dataset: { name: `d${index}`, digest: "1", source_type: "local", source: "" } }));

    expect((await tracking.inputs("logInputs", { run_id, datasets })).status).toBe(200);
    expect((await tracking.get(run_id)).inputs.dataset_inputs).toHaveLength(1000);
  });

  it.each([
    ["a digest of 37 characters", { ...dataset, digest: "d".repeat(37) }, /digest/],
    ["a name of 501 characters", { ...dataset, name: "n".repeat(501) }, /name/],
    ["no source", { ...dataset, source: undefined }, /Missing value for required parameter 'datasets\[0\]\.dataset\.source'/],
  ])("refuses %s", async (_what, wrong, message) => {
    const run_id = await tracking.newRun(experiment_id);

    expect(await tracking.inputs("logInputs", { run_id, datasets: [{ dataset: wrong }] })).toMatchObject(invalid(message));
  });
});
