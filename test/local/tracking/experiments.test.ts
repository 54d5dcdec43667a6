import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTracking, type TrackingService } from "./tracking-service.ts";

let tracking: TrackingService;
beforeAll(async () => {
  tracking = await startTracking();
});
afterAll(() => tracking.stop());

const refused = (code: string, message?: string | RegExp) => ({
  status: code === "RESOURCE_DOES_NOT_EXIST" ? 404 : 400,
  body: { error_code: code, ...(message !== undefined && { message: typeof message === "string" ? message : expect.stringMatching(message) }) },
});

describe("the default experiment", () => {
  it("is there before anybody made it, once, with the id 0", async () => {
    const replies = await Promise.all([
      tracking.experiments("getExperiment", { experiment_id: "0" }),
      tracking.experiments("getExperimentByName", { experiment_name: "Default" }),
      tracking.experiments("searchExperiments", { max_results: 10 }),
      tracking.runs("createRun", { start_time: 1 }),
    ]);

    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(replies[0]?.body.experiment).toMatchObject({
      experiment_id: "0",
      name: "Default",
      lifecycle_stage: "active",
      artifact_location: "mlflow-artifacts:/0",
    });
    expect(replies[2]?.body.experiments).toHaveLength(1);
    expect(replies[3]?.body.run.info.experiment_id).toBe("0");
  });
});

describe("createExperiment", () => {
  it("answers with a decimal id; the experiment has its tags, times and artifact location", async () => {
    const reply = await tracking.experiments("createExperiment", { name: "first", tags: [{ key: "team", value: "vision" }] });
    const { experiment_id } = reply.body;
    const { experiment } = (await tracking.experiments("getExperiment", { experiment_id })).body;

    expect(reply.body).toEqual({ experiment_id: expect.stringMatching(/^\d+$/) });
    expect(experiment).toEqual({
      experiment_id,
      name: "first",
      artifact_location: `mlflow-artifacts:/${experiment_id}`,
      lifecycle_stage: "active",
      creation_time: experiment.last_update_time,
      last_update_time: expect.any(Number),
      tags: [{ key: "team", value: "vision" }],
    });
    expect((await tracking.experiments("getExperimentByName", { experiment_name: "first" })).body.experiment).toEqual(experiment);
  });

  it("refuses a name that is taken, also by a deleted experiment, with status 400", async () => {
    const experiment_id = await tracking.newExperiment({ name: "taken" });
    const twice = await tracking.experiments("createExperiment", { name: "taken" });
    await tracking.experiments("deleteExperiment", { experiment_id });
    const afterwards = await tracking.experiments("createExperiment", { name: "taken" });

    expect(twice).toMatchObject(refused("RESOURCE_ALREADY_EXISTS", "Experiment 'taken' already exists."));
    expect(afterwards).toMatchObject(refused("RESOURCE_ALREADY_EXISTS", /deleted state/));
  });

  it("gives one of many simultaneous creators the name", async () => {
    const replies = await Promise.all(Array.from({ length: 8 }, () => tracking.experiments("createExperiment", { name: "contended" })));

    expect(replies.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, ...Array.from({ length: 7 }, () => 400)]);
  });

  it.each([
    ["no name", {}, "Missing value for required parameter 'name'. See the API docs for more information about request parameters."],
    ["an empty name", { name: "" }, /parameter 'name'/],
    ["a name of 501 characters", { name: "n".repeat(501) }, /500 characters/],
    ["a location that points at another artifact", { name: "l1", artifact_location: "runs:/abc" }, /artifact_location/],
    ["a location that climbs", { name: "l2", artifact_location: "s3://bucket/a/%2e%2e/b" }, /must not hold \.\./],
    ["a tag with a path for a key", { name: "l3", tags: [{ key: "a//b", value: "" }] }, /parameter 'tags\[0\]\.key'/],
  ])("refuses %s", async (_what, fields, message) => {
    expect(await tracking.experiments("createExperiment", fields)).toMatchObject(refused("INVALID_PARAMETER_VALUE", message));
  });

  it("takes names of any script, and 500 characters of them", async () => {
    const name = "実験".repeat(250);
    const experiment_id = await tracking.newExperiment({ name });

    expect((await tracking.experiments("getExperimentByName", { experiment_name: name })).body.experiment.experiment_id).toBe(experiment_id);
  });
});

describe("an experiment that is not there", () => {
  it("is RESOURCE_DOES_NOT_EXIST by id and by name, in MLflow's words", async () => {
    expect(await tracking.experiments("getExperiment", { experiment_id: "999999" })).toMatchObject(
      refused("RESOURCE_DOES_NOT_EXIST", "No Experiment with id=999999 exists"),
    );
    expect(await tracking.experiments("getExperimentByName", { experiment_name: "nobody" })).toMatchObject(
      refused("RESOURCE_DOES_NOT_EXIST", "Could not find experiment with name 'nobody'"),
    );
    expect(await tracking.experiments("getExperiment", { experiment_id: "abc" })).toMatchObject(
      refused("INVALID_PARAMETER_VALUE", "Invalid experiment ID 'abc'. Experiment ID must be a valid integer."),
    );
  });
});

describe("a life of an experiment", () => {
  it("renames, and frees the former name", async () => {
    const experiment_id = await tracking.newExperiment({ name: "before" });

    expect(await tracking.experiments("updateExperiment", { experiment_id, new_name: "after" })).toMatchObject({ status: 200, body: {} });
    expect((await tracking.experiments("getExperimentByName", { experiment_name: "after" })).body.experiment.experiment_id).toBe(experiment_id);
    expect((await tracking.experiments("getExperimentByName", { experiment_name: "before" })).status).toBe(404);
    expect((await tracking.experiments("createExperiment", { name: "before" })).status).toBe(200);
    expect(await tracking.experiments("updateExperiment", { experiment_id, new_name: "before" })).toMatchObject(refused("RESOURCE_ALREADY_EXISTS"));
    expect((await tracking.experiments("updateExperiment", { experiment_id })).status).toBe(200);
  });

  it("sets and deletes tags, and says when there is none to delete", async () => {
    const experiment_id = await tracking.newExperiment();
    const tags = async () => (await tracking.experiments("getExperiment", { experiment_id })).body.experiment.tags;

    await tracking.experiments("setExperimentTag", { experiment_id, key: "a/b.c", value: "1" });
    await tracking.experiments("setExperimentTag", { experiment_id, key: "a/b.c", value: "x".repeat(20_000) });
    expect(await tags()).toEqual([{ key: "a/b.c", value: "x".repeat(20_000) }]);
    expect((await tracking.experiments("setExperimentTag", { experiment_id, key: "a", value: "x".repeat(20_001) })).status).toBe(400);
    expect((await tracking.experiments("deleteExperimentTag", { experiment_id, key: "a/b.c" })).status).toBe(200);
    expect(await tags()).toBeUndefined();
    expect(await tracking.experiments("deleteExperimentTag", { experiment_id, key: "a/b.c" })).toMatchObject(refused("RESOURCE_DOES_NOT_EXIST"));
  });

  it("says when its tags outgrow what one experiment holds", async () => {
    const experiment_id = await tracking.newExperiment();
    const replies = [];
    for (let tag = 0; tag < 22; tag++)
      replies.push(await tracking.experiments("setExperimentTag", { experiment_id, key: `t${tag}`, value: "x".repeat(20_000) }));

    const tags = replies.map((_reply, index) => ({ key: `t${index}`, value: "x".repeat(20_000) }));
    expect(await tracking.experiments("createExperiment", { name: "too much", tags })).toMatchObject(refused("INVALID_PARAMETER_VALUE", /400 KB/));
    expect(replies[18]?.status).toBe(200);
    expect(replies[21]).toMatchObject(refused("INVALID_PARAMETER_VALUE", /400 KB/));
  });

  it("deletes and restores with all runs, whatever was done to single ones before", async () => {
    const experiment_id = await tracking.newExperiment();
    const [kept, byHand] = [await tracking.newRun(experiment_id), await tracking.newRun(experiment_id)];
    const stages = async () => [(await tracking.get(kept)).info.lifecycle_stage, (await tracking.get(byHand)).info.lifecycle_stage];
    await tracking.runs("deleteRun", { run_id: byHand });

    await tracking.experiments("deleteExperiment", { experiment_id });
    expect(await stages()).toEqual(["deleted", "deleted"]);
    expect((await tracking.experiments("getExperiment", { experiment_id })).body.experiment.lifecycle_stage).toBe("deleted");
    expect(await tracking.metrics("setTag", { run_id: kept, key: "k", value: "v" })).toMatchObject(refused("INVALID_PARAMETER_VALUE", /'active' state/));
    expect(await tracking.runs("createRun", { experiment_id })).toMatchObject(refused("INVALID_PARAMETER_VALUE", /'active' state/));
    expect(await tracking.experiments("setExperimentTag", { experiment_id, key: "k", value: "v" })).toMatchObject(refused("INVALID_PARAMETER_VALUE"));
    expect(await tracking.experiments("updateExperiment", { experiment_id, new_name: "x" })).toMatchObject(refused("INVALID_PARAMETER_VALUE"));
    expect(await tracking.experiments("deleteExperiment", { experiment_id })).toMatchObject(refused("RESOURCE_DOES_NOT_EXIST"));

    await tracking.runs("restoreRun", { run_id: kept });
    expect(await stages()).toEqual(["active", "deleted"]);
    expect((await tracking.metrics("setTag", { run_id: kept, key: "k", value: "v" })).status).toBe(200);

    expect((await tracking.experiments("restoreExperiment", { experiment_id })).status).toBe(200);
    expect(await stages()).toEqual(["active", "active"]);
    expect(await tracking.experiments("restoreExperiment", { experiment_id })).toMatchObject(refused("RESOURCE_DOES_NOT_EXIST"));
    await tracking.runs("deleteRun", { run_id: kept });
    expect(await stages()).toEqual(["deleted", "active"]);
  });
});

describe("searchExperiments", () => {
  const names = async (fields: Readonly<Record<string, unknown>>) => {
    const { body } = await tracking.experiments("searchExperiments", { max_results: 100, ...fields });
    return (body.experiments ?? []).map(({ name }: { name: string }) => name);
  };

  it("finds by name, tag and view, in the order asked", async () => {
    await tracking.newExperiment({ name: "Search A", tags: [{ key: "kind", value: "one" }] });
    await tracking.newExperiment({ name: "search b", tags: [{ key: "kind", value: "two" }] });
    const gone = await tracking.newExperiment({ name: "search c" });
    await tracking.experiments("deleteExperiment", { experiment_id: gone });

    expect(await names({ filter: "name ILIKE 'search %'", order_by: ["name DESC"] })).toEqual(["search b", "Search A"]);
    expect(await names({ filter: "name LIKE 'search %'", view_type: "ALL", order_by: ["name"] })).toEqual(["search b", "search c"]);
    expect(await names({ filter: "name LIKE 'search %'", view_type: 2 })).toEqual(["search c"]);
    expect(await names({ filter: "tags.kind != 'one' AND name ILIKE 'search%'" })).toEqual(["search b"]);
    expect(await names({ filter: "name = 'nobody'" })).toEqual([]);
  });

  it("walks all pages once, also by GET", async () => {
    const all = await names({ order_by: ["experiment_id ASC"] });
    const walked: string[] = [];
    let page_token: string | undefined;
    do {
      const { body } = await tracking.experiments("listExperiments", { max_results: 2, order_by: ["experiment_id ASC"], ...(page_token && { page_token }) });
      walked.push(...body.experiments.map(({ name }: { name: string }) => name));
      page_token = body.next_page_token;
    } while (page_token);

    expect(walked).toEqual(all);
    expect(all.slice(0, 1)).toEqual(["Default"]);
  });

  it.each([
    ["no limit", { max_results: undefined }, /max_results/],
    ["a limit beyond 50,000", { max_results: 50_001 }, /at most 50000/],
    ["a foreign page token", { page_token: "abc" }, /page_token/],
    ["an order by tags", { order_by: ["tags.kind"] }, /order_by/],
    ["an unknown attribute", { filter: "lifecycle_stage = 'active'" }, /attribute/],
    ["a filter in other words", { filter: "name = 'a' OR name = 'b'" }, /AND/],
  ])("refuses %s", async (_what, fields, message) => {
    expect(await tracking.experiments("searchExperiments", { max_results: 10, ...fields })).toMatchObject(refused("INVALID_PARAMETER_VALUE", message));
  });
});
