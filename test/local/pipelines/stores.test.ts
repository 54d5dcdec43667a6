import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { amend } from "#core/pipelines/documents.ts";
import { newExecution } from "#core/pipelines/executions.ts";
import { approvalDocuments, executionDocuments } from "#stores/dynamodb/pipelines/pipeline-documents.ts";
import { slotStore } from "#stores/dynamodb/pipelines/slots.ts";
import { stepResultStore } from "#stores/dynamodb/pipelines/step-results.ts";
import { type LocalTables, startLocalTables } from "#test/support/local-tables.ts";
import { metered } from "#test/support/metered.ts";
import { aRequest } from "#test/support/pipelines.ts";

let tables: LocalTables;
beforeAll(async () => {
  tables = await startLocalTables();
});
afterAll(() => tables.stop());

const documents = () => executionDocuments(tables.client, tables.table("platform"));
const execution = (name: string, pipeline: string, at: number) => newExecution(name, aRequest({ pipeline }), at);

describe("requests for approval", () => {
  it("are listed for a model and for a version of it by one query each, as they are now", async () => {
    const store = approvalDocuments(tables.client, tables.table("platform"));
    const meter = metered(tables.client);
    const request = (name: string, registeredModel: string, modelVersion: string, requestedAt: number) =>
      store.insert({
        execution: name,
        pipeline: "p",
        registeredModel,
        modelVersion,
        status: "pending",
        requestedAt,
        expiresAt: requestedAt + 1000,
        evidence: {},
        taskToken: "t",
      });
    for (let index = 0; index < 300; index += 1) await request(`other-${index}`, "other", String(index), 50_000 + index);
    await request("one", "churn", "1", 1000);
    await request("two", "churn", "2", 2000);
    await amend(store, "two", (found) => ({ ...found, status: "approved" as const }));
    meter.take();

    const ofVersion = await store.list(200, undefined, "churn/2");
    const cost = meter.take();
    const ofModel = await store.list(200, undefined, "churn");

    expect(ofVersion.documents).toMatchObject([{ execution: "two", status: "approved" }]);
    expect(cost).toEqual({ calls: 1, readUnits: 1, writeUnits: 0 });
    expect(ofModel.documents.map((one) => one.execution)).toEqual(["two", "one"]);
  });
});

describe("documents of executions", () => {
  it("are kept whole, once for each name", async () => {
    const store = documents();
    const document = execution("kept", "docs", 1000);

    const inserted = [await store.insert(document), await store.insert({ ...document, reason: "another" })];

    expect(inserted).toEqual([true, false]);
    expect(await store.find("kept")).toEqual({ document, revision: 1 });
    expect(await store.find("nobody")).toBeUndefined();
  });

  it("lose no change of several that are made at once", async () => {
    const store = documents();
    await store.insert(execution("busy", "docs", 2000));

    await Promise.all(["runId", "modelVersion", "rolloutId", "outcome"].map((field) => amend(store, "busy", (found) => ({ ...found, [field]: field }))));

    expect((await store.find("busy"))?.document).toMatchObject({ runId: "runId", modelVersion: "modelVersion", rolloutId: "rolloutId", outcome: "outcome" });
    expect((await store.find("busy"))?.revision).toBe(5);
  });

  it("are listed by time, all of them or a pipeline's, page by page, as they are now", async () => {
    const store = documents();
    for (const index of [1, 2, 3]) {
      await store.insert(execution(`list-${index}`, "listed", 10_000 + index));
      await store.insert(execution(`other-${index}`, "other", 20_000 + index));
    }
    await amend(store, "list-2", (found) => ({ ...found, status: "failed" as const }));

    const first = await store.list(2, undefined, "listed");
    const second = await store.list(2, first.nextPageToken, "listed");
    const all = await store.list(4);

    expect([...first.documents, ...second.documents].map(({ name, status }) => `${name} ${status}`)).toEqual([
      "list-3 running",
      "list-2 failed",
      "list-1 running",
    ]);
    expect(all.documents.map(({ name }) => name)).toEqual(["other-3", "other-2", "other-1", "list-3"]);
  });

  it.each(["nonsense", Buffer.from("x#y").toString("base64url")])("refuse the page token %s", async (token) => {
    await expect(documents().list(2, token)).rejects.toThrow("pageToken must come from a previous page");
  });
});

describe("slots", () => {
  const store = () => slotStore(tables.client, tables.table("platform"));

  it("have one holder, who may prolong; the others learn who it is", async () => {
    const slots = store();

    const holders = [
      await slots.take("one", "a", 1000, 2000),
      await slots.take("one", "b", 1500, 2500),
      await slots.take("one", "a", 1500, 2500),
      await slots.take("one", "b", 2400, 3400),
      await slots.take("one", "b", 2501, 3400),
    ];

    expect(holders).toEqual(["a", "a", "a", "a", "b"]);
  });

  it("of many who ask at once go to one", async () => {
    const holders = await Promise.all(Array.from({ length: 20 }, (_, index) => store().take("rush", `e${index}`, 1000, 2000)));

    expect(new Set(holders).size).toBe(1);
  });

  it("are given back by their holder only", async () => {
    const slots = store();
    await slots.take("two", "a", 1000, 2000);

    await slots.release("two", "b");
    const kept = await slots.take("two", "b", 1001, 2000);
    await slots.release("two", "a");
    await slots.release("two", "a");

    expect([kept, await slots.take("two", "b", 1001, 2000)]).toEqual(["a", "b"]);
  });
});

describe("results of steps", () => {
  const day = 86_400_000;
  const results = (now: number) => stepResultStore(tables.client, tables.table("platform"), () => now);

  it("are found for 90 days, whether or not the table has removed them by then", async () => {
    await results(0).put("key", { uri: "s3://data/a", rows: [1, null] }, "train-model");

    expect(await results(89 * day).find("key")).toEqual({ uri: "s3://data/a", rows: [1, null] });
    expect(await results(90 * day).find("key")).toBeUndefined();
    expect(await results(0).find("another")).toBeUndefined();
  });

  it("give way to later ones", async () => {
    await results(0).put("again", { run: 1 }, "train-model");
    await results(0).put("again", { run: 2 }, "train-model");

    expect(await results(0).find("again")).toEqual({ run: 2 });
  });

  it("that are larger than an item may be are not kept, which costs a run and nothing else", async () => {
    await results(0).put("large", { text: "x".repeat(400_000) }, "train-model");

    expect(await results(0).find("large")).toBeUndefined();
  });
});
