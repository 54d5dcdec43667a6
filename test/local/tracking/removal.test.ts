import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { newExecution } from "#core/pipelines/executions.ts";
import { aRequest } from "#test/support/pipelines.ts";
import { bucket, startRemoval } from "./removal-service.ts";

let api: Awaited<ReturnType<typeof startRemoval>>;
beforeAll(async () => {
  api = await startRemoval();
});
afterAll(() => api.stop());
beforeEach(() => api.announced.splice(0));

describe("deleting an experiment for good", () => {
  it("takes it out of sight and frees its name at once, then leaves nothing but a mark of its id", async () => {
    await api.furnished("neighbour");
    const before = await api.everything();
    const { id, runs, modelId } = await api.furnished("doomed");
    await api.toTrash(id);

    expect((await api.remove(id)).status).toBe(200);
    const again = await api.newExperiment("doomed");
    await api.toTrash(again);
    await api.remove(again);
    expect(api.announced).toEqual([id, again]);
    expect(await api.removals()).toMatchObject([{ experimentId: id, name: "doomed", by: "ann" }, { experimentId: again }]);

    const replies = () => Promise.all([...runs.map((run_id) => api.runs("getRun", { run_id })), api.loggedModels("getLoggedModel", { model_id: modelId })]);
    const statuses = async () => (await replies()).map(({ status }) => status);
    await expect.poll(statuses, { timeout: 10_000 }).toEqual(Array.from({ length: 14 }, () => 404));
    expect((await api.runs("searchRuns", { experiment_ids: [id], run_view_type: "ALL" })).body.runs ?? []).toEqual([]);
    expect(await api.finished()).toEqual({ removed: [id, again], waiting: [] });
    expect(await api.everything()).toEqual({ ...before, items: [...before.items, `E#${id} e`, `E#${again} e`].toSorted() });
    expect(await api.removals()).toEqual([]);
  });

  it("refuses one that is not deleted, that is unknown, and the default one", async () => {
    const id = await api.newExperiment("still needed");

    expect(await api.remove(id)).toMatchObject({ status: 409, body: { message: `experiment ${id} must be deleted first, it is active` } });
    expect((await api.remove("999")).status).toBe(404);
    expect((await api.remove("0")).status).toBe(400);
    expect((await api.remove("x")).status).toBe(400);
  });

  it("is done once, however often it is asked for, and cannot be taken back", async () => {
    const id = await api.newExperiment("twice");
    await api.toTrash(id);

    const replies = await Promise.all([api.remove(id), api.remove(id), api.remove(id)]);
    await api.finished();
    await api.remove(id);

    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await api.finished()).toEqual({ removed: [], waiting: [] });
    expect((await api.experiments("restoreExperiment", { experiment_id: id })).status).toBe(404);
    expect((await api.runs("createRun", { experiment_id: id })).status).toBe(404);
  });

  it("refuses while a registered version was made of one of its runs or models, and names it", async () => {
    const { id, runs, modelId } = await api.furnished("in use");
    await api.registry("createRegisteredModel", { name: "used" });
    const version = (fields: object) => api.versions("createModelVersion", { name: "used", ...fields });
    await version({ source: `runs:/${runs[0]}/model`, run_id: runs[0] });
    await version({ source: `models:/${modelId}` });
    await version({ source: `s3://${bucket}/mlflow/${id}/${runs[1]}/artifacts/model` });
    await api.toTrash(id);

    for (const used of ["1", "2", "3"]) {
      expect(await api.remove(id)).toMatchObject({
        status: 409,
        body: { message: expect.stringContaining(`version ${used} of registered model used was made of`) },
      });
      await api.versions("deleteModelVersion", { name: "used", version: used });
    }

    expect((await api.remove(id)).status).toBe(200);
  });

  it("refuses while an execution logs to it", async () => {
    const id = await api.newExperiment("busy");
    const runId = await api.newRun(id);
    await api.executions.insert({ ...newExecution("e1", aRequest(), Date.now()), runId });
    await api.toTrash(id);

    expect(await api.remove(id)).toMatchObject({ status: 409, body: { message: expect.stringContaining("execution e1") } });
  });

  it("keeps the files of a version that was registered in the very moment", async () => {
    const id = await api.newExperiment("late");
    const [kept, gone] = [await api.newRun(id), await api.newRun(id)];
    await api.registry("createRegisteredModel", { name: "late" });
    await api.toTrash(id);
    await api.remove(id);
    await api.versions("createModelVersion", { name: "late", source: `s3://${bucket}/mlflow/${id}/${kept}/artifacts/model` });

    await api.finished();

    const left = (await api.everything()).objects.filter((key) => key?.startsWith(`mlflow/${id}/`));
    expect(left).toEqual([`mlflow/${id}/${kept}/artifacts/model/weights.bin`]);
    expect(left.join()).not.toContain(gone);
  });

  it("goes on where it was cut off, wherever that was", async () => {
    const before = await api.everything();
    const { id } = await api.furnished("interrupted");
    await api.toTrash(id);
    await api.remove(id);
    let [calls, cuts] = [0, 0];
    /** Dies at the next call each time, one call later than the time before. */
    const dying = <T extends object>(methods: T): T =>
      new Proxy(methods, {
        get: (target, name) => {
          const method: unknown = Reflect.get(target, name);
          return typeof method !== "function"
            ? method
            : async (...args: unknown[]) => {
                const result: unknown = await Reflect.apply(method, target, args);
                calls += 1;
                if (calls > cuts) throw new Error("cut off");
                return result;
              };
        },
      });
    let outcome: unknown;
    do {
      calls = 0;
      outcome = await api
        .finished({ ...api.finish, remains: dying({ ...api.finish.remains, claim: async () => true }), artifacts: dying(api.finish.artifacts) })
        .catch(() => undefined);
      cuts += 3;
    } while (outcome === undefined);

    expect(cuts).toBeGreaterThan(10);
    expect(await api.everything()).toEqual({ ...before, items: [...before.items, `E#${id} e`].toSorted() });
  });

  it("touches no file outside of the platform's own bucket", async () => {
    const id = await api.newExperiment("elsewhere", { artifact_location: "s3://somebody-elses/place" });
    await api.newRun(id);
    await api.toTrash(id);
    await api.remove(id);
    const touched: string[] = [];

    await api.finished({ ...api.finish, artifacts: { remove: async ({ bucket: other }) => void touched.push(other) } });

    expect(touched).toEqual([]);
  });
});
