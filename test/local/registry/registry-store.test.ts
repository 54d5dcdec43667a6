import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { modelVersionsContract as versions } from "#contracts/mlflow/model-versions.ts";
import { registeredModelsContract as models } from "#contracts/mlflow/registered-models.ts";
import { registryHistoryContract } from "#contracts/platform/registry-history.ts";
import { createModel } from "#core/registry/registered-models.ts";
import type { RegistryContext } from "#core/registry/registry.ts";
import { createHandler } from "#functions/mlflow-registry/handler.ts";
import { registryStore } from "#stores/dynamodb/registry/registry-store.ts";
import { call } from "#test/support/call.ts";
import { type LocalTables, startLocalTables } from "#test/support/local-tables.ts";
import { tracked } from "#test/support/memory-registry.ts";
import { type Meter, metered } from "#test/support/metered.ts";

let tables: LocalTables;
let meter: Meter;
let ctx: RegistryContext;

beforeAll(async () => {
  tables = await startLocalTables();
  meter = metered(tables.client);
  ctx = {
    registry: registryStore(tables.client, tables.table("tracking")),
    tracking: tracked(),
    now: Date.now,
    newId: () => randomUUID().replaceAll("-", ""),
  };
});
afterAll(async () => await tables.stop());

const model = (operation: keyof typeof models.routes, fields: object) => call(createHandler(ctx), models, operation, { ...fields });
const version = (operation: keyof typeof versions.routes, fields: object) => call(createHandler(ctx), versions, operation, { ...fields });
const history = (fields: object) => call(createHandler(ctx), registryHistoryContract, "listModelHistory", { ...fields });
const add = (name: string, fields: object = {}) => version("createModelVersion", { name, source: "s3://b/m", ...fields });

describe("the registry on DynamoDB", () => {
  it("reads a model with aliases and latest versions by one call of one unit", async () => {
    await model("createRegisteredModel", { name: "cheap", tags: [{ key: "k", value: "v" }] });
    await add("cheap");
    await add("cheap");
    await version("transitionStage", { name: "cheap", version: "1", stage: "Production", archive_existing_versions: false });
    await model("setAlias", { name: "cheap", alias: "champion", version: "2" });
    meter.take();

    const { body } = await model("getRegisteredModel", { name: "cheap" });

    expect(meter.take()).toEqual({ calls: 1, readUnits: 1, writeUnits: 0 });
    expect(body.registered_model).toMatchObject({ aliases: [{ alias: "champion", version: "2" }], latest_versions: [{ version: "1" }, { version: "2" }] });
  });

  it("adds a version with its entries in the history in two calls: a read and a transaction", async () => {
    await model("createRegisteredModel", { name: "added" });
    meter.take();

    await add("added");

    expect(meter.take()).toEqual({ calls: 2, readUnits: 1, writeUnits: 12 });
  });

  it("keeps texts of 100,000 characters out of the model, and still answers them", async () => {
    await model("createRegisteredModel", { name: "long", tags: [] });
    await add("long", { tags: [{ key: "text", value: "x".repeat(100_000) }] });
    meter.take();

    const { body } = await model("getRegisteredModel", { name: "long" });

    expect(body.registered_model.latest_versions[0].tags[0].value).toHaveLength(100_000);
    expect(meter.take()).toMatchObject({ calls: 2 });
  });

  it("refuses what no item can hold, and writes none of it", async () => {
    const tags = Array.from({ length: 5 }, (_, index) => ({ key: `k${index}`, value: "x".repeat(100_000) }));

    const refused = await model("createRegisteredModel", { name: "huge", tags });

    expect(refused).toMatchObject({ status: 400, body: { error_code: "INVALID_PARAMETER_VALUE" } });
    expect((await model("getRegisteredModel", { name: "huge" })).status).toBe(404);
  });

  it("gives twenty versions made at once twenty numbers without a gap", async () => {
    await model("createRegisteredModel", { name: "busy" });

    const replies = await Promise.all(Array.from({ length: 20 }, () => add("busy")));

    expect(replies.map(({ body }) => Number(body.model_version?.version)).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 20 }, (_, index) => index + 1),
    );
    expect((await version("searchModelVersions", { filter: "name = 'busy'" })).body.model_versions).toHaveLength(20);
  });

  it("lets one of many that claim a name have it", async () => {
    const replies = await Promise.all(Array.from({ length: 8 }, () => model("createRegisteredModel", { name: "claimed" })));

    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it("takes a transaction whose reply was lost for done, not for a rival's", async () => {
    let lost = false;
    const { middlewareStack } = tables.client;
    middlewareStack.add(
      (next, context) => async (args) => {
        const result = await next(args);
        if (context.commandName !== "TransactWriteItemsCommand" || lost) return result;
        lost = true;
        Object.assign(args.input, { ClientRequestToken: randomUUID() });
        return await next(args);
      },
      { step: "initialize", name: "loseReply", priority: "low" },
    );

    const created = await model("createRegisteredModel", { name: "retried" });
    middlewareStack.remove("loseReply");

    expect({ lost, status: created.status }).toEqual({ lost: true, status: 200 });
  });

  it("moves a model among prompts when it becomes one, and searches read them apart", async () => {
    await model("createRegisteredModel", { name: "becomes" });
    await model("setRegisteredModelTag", { name: "becomes", key: "mlflow.prompt.is_prompt", value: "true" });

    const found = async (filter: string) => (await model("searchRegisteredModels", { filter })).body.registered_models?.length ?? 0;

    expect(await found("name = 'becomes'")).toBe(0);
    expect(await found("name = 'becomes' AND tags.`mlflow.prompt.is_prompt` = 'true'")).toBe(1);
  });

  it("reads the history of a version among hundreds of changes by one query of what it takes", async () => {
    await model("createRegisteredModel", { name: "long-lived" });
    await add("long-lived");
    for (let time = 0; time < 120; time += 1) await model("setRegisteredModelTag", { name: "long-lived", key: "k", value: `value ${time} `.repeat(10) });
    await model("setAlias", { name: "long-lived", alias: "champion", version: "1" });
    meter.take();

    const { body } = await history({ name: "long-lived", version: "1" });

    expect(meter.take()).toEqual({ calls: 2, readUnits: 2, writeUnits: 0 });
    expect(body.changes.map(({ number }: { number: number }) => number)).toEqual([123, 2]);
    expect((await history({ name: "long-lived", limit: 2 })).body).toMatchObject({ changes: [{ number: 123 }, { number: 122 }], nextPageToken: "122" });
    expect((await history({ name: "long-lived", limit: 2, pageToken: "122" })).body.changes).toMatchObject([{ number: 121 }, { number: 120 }]);
  });

  it("numbers the changes of many writers without a gap, and tells of each once", async () => {
    await model("createRegisteredModel", { name: "contended" });
    await add("contended");

    await Promise.all(Array.from({ length: 12 }, (_, index) => model("setAlias", { name: "contended", alias: `a${index}`, version: "1" })));

    const { body } = await history({ name: "contended", version: "1", limit: 200 });
    expect(body.changes.map(({ number }: { number: number }) => number)).toEqual(Array.from({ length: 13 }, (_, index) => 14 - index));
    expect(new Set(body.changes.slice(0, 12).map(({ events }: { events: { alias: string }[] }) => events[0]?.alias)).size).toBe(12);
  });

  it("archives more versions than one transaction holds, and tells of every one", async () => {
    await model("createRegisteredModel", { name: "crowded" });
    for (let made = 0; made < 65; made += 1) await add("crowded");
    const move = (number: number, archive: boolean) =>
      version("transitionStage", { name: "crowded", version: String(number), stage: "Staging", archive_existing_versions: archive });
    for (let number = 1; number < 65; number += 1) await move(number, false);

    expect((await move(65, true)).status).toBe(200);

    const changes: { events: { from: string; to: string }[] }[] = (await history({ name: "crowded", limit: 3 })).body.changes;
    expect(changes.map(({ events }) => events.length)).toEqual([5, 30, 30]);
    expect((await history({ name: "crowded", version: "1" })).body.changes[0].events).toEqual([
      { kind: "stageChanged", version: 1, from: "Staging", to: "Archived" },
    ]);
  });

  it("leaves nothing of a deleted model behind, its history included", async () => {
    const { id } = await createModel({ ...ctx, actor: { by: "tester" } }, { name: "gone", tags: [] });
    await add("gone");
    expect(await ctx.registry.history(id, { limit: 10 })).toHaveLength(2);

    await model("deleteRegisteredModel", { name: "gone" });

    expect([await ctx.registry.history(id, { limit: 10 }), await ctx.registry.history(id, { version: 1, limit: 10 })]).toEqual([[], []]);
  });

  it("shows every version at once in searches of all, also after a rename, and none once the model is deleted", async () => {
    const count = async (filter: string) => (await version("searchModelVersions", { filter })).body.model_versions?.length ?? 0;
    await model("createRegisteredModel", { name: "old" });
    for (let made = 0; made < 30; made += 1) await add("old", { run_id: "r-search" });
    await model("renameRegisteredModel", { name: "old", new_name: "new" });

    const before = await Promise.all(["run_id = 'r-search'", "name = 'new'", "name LIKE 'new%'", "name = 'old'"].map(count));
    await model("deleteRegisteredModel", { name: "new" });
    const after = await Promise.all(["run_id = 'r-search'", "name = 'new'"].map(count));

    expect(before).toEqual([30, 30, 30, 0]);
    expect(after).toEqual([0, 0]);
  });
});
