import { beforeEach, describe, expect, it } from "vitest";
import { modelVersionsContract as versions } from "#contracts/mlflow/model-versions.ts";
import { registeredModelsContract as models } from "#contracts/mlflow/registered-models.ts";
import { type RegistryChange, registryHistoryContract } from "#contracts/platform/registry-history.ts";
import { createHandler } from "#functions/mlflow-registry/handler.ts";
import { createHandler as registerHandler } from "#functions/register-model-version/handler.ts";
import type { HttpHandler } from "#runtime/http.ts";
import { call } from "#test/support/call.ts";
import { aRegistryContext, type TestRegistry } from "#test/support/memory-registry.ts";

let ctx: TestRegistry;
let handler: HttpHandler;
const model = (operation: keyof typeof models.routes, fields: object, principal = "ann") => call(handler, models, operation, { ...fields }, { principal });
const version = (operation: keyof typeof versions.routes, fields: object, principal = "ann") =>
  call(handler, versions, operation, { name: "a", ...fields }, { principal });
const add = (fields: object = {}) => version("createModelVersion", { source: "s3://b/m", ...fields });
const ask = (fields: object = {}) => call(handler, registryHistoryContract, "listModelHistory", { name: "a", ...fields });
const history = async (fields: object = {}): Promise<RegistryChange[]> => (await ask(fields)).body.changes;
const events = async (fields: object = {}) => (await history(fields)).map((change) => change.events);

beforeEach(async () => {
  ctx = aRegistryContext();
  handler = createHandler(ctx);
  await model("createRegisteredModel", { name: "a", tags: [{ key: "k", value: "v" }], description: "d" });
});

describe("the history of a registered model", () => {
  it("tells, the newest first, when who did what", async () => {
    await add({ tags: [{ key: "k", value: "v" }] });
    await model("setAlias", { name: "a", alias: "champion", version: "1" }, "ben");

    expect(await history()).toEqual([
      { number: 3, at: expect.any(Number), by: "ben", events: [{ kind: "aliasMoved", alias: "champion", to: 1 }] },
      { number: 2, at: expect.any(Number), by: "ann", events: [{ kind: "registered", version: 1 }] },
      { number: 1, at: expect.any(Number), by: "ann", events: [{ kind: "modelCreated" }] },
    ]);
    const times = (await history()).map(({ at }) => at);
    expect(times).toEqual(times.toSorted((a, b) => b - a));
  });

  it("tells where a stage or an alias came from, also of the versions that had it", async () => {
    for (let made = 0; made < 2; made += 1) await add();
    for (const number of ["1", "2"]) {
      await model("setAlias", { name: "a", alias: "champion", version: number });
      await version("transitionStage", { version: number, stage: "production", archive_existing_versions: true });
    }
    await model("deleteAlias", { name: "a", alias: "champion" });

    const archived = { kind: "stageChanged", version: 1, from: "Production", to: "Archived" };
    const promoted = { kind: "stageChanged", version: 2, from: "None", to: "Production" };
    const moved = { kind: "aliasMoved", alias: "champion", from: 1, to: 2 };
    expect((await events()).slice(0, 3)).toEqual([[{ kind: "aliasMoved", alias: "champion", from: 2 }], [archived, promoted], [moved]]);
    expect((await events({ version: 1 })).slice(0, 2)).toEqual([[archived], [moved]]);
    expect((await events({ version: 2 })).slice(1)).toEqual([[promoted], [moved], [{ kind: "registered", version: 2 }]]);
  });

  it("tells of tags and descriptions, of long values how they begin", async () => {
    await add();
    await version("setModelVersionTag", { version: "1", key: "review", value: "open" });
    await version("setModelVersionTag", { version: "1", key: "review", value: "x".repeat(300) });
    await version("deleteModelVersionTag", { version: "1", key: "review" });
    await version("updateModelVersion", { version: "1", description: "better" });
    await model("setRegisteredModelTag", { name: "a", key: "k", value: "w" });
    await model("updateRegisteredModel", { name: "a", description: "" });

    const long = `${"x".repeat(199)}…`;
    const tag = { kind: "tagChanged", version: 1, key: "review" };
    expect((await events()).slice(0, 6).flat()).toEqual([
      { kind: "described" },
      { kind: "tagChanged", key: "k", from: "v", to: "w" },
      { kind: "described", version: 1 },
      { ...tag, from: long },
      { ...tag, from: "open", to: long },
      { ...tag, to: "open" },
    ]);
  });

  it("holds nothing of a repeat that changes nothing", async () => {
    await add();
    const repeated = async () => {
      await model("setAlias", { name: "a", alias: "champion", version: "1" });
      await version("transitionStage", { version: "1", stage: "Staging", archive_existing_versions: false });
      await version("setModelVersionTag", { version: "1", key: "k", value: "v" });
      await version("updateModelVersion", { version: "1", description: "d" });
      await model("updateRegisteredModel", { name: "a", description: "d" });
      await model("renameRegisteredModel", { name: "a", new_name: "a" });
    };
    await repeated();
    const once = await history();

    await repeated();

    expect(await history()).toEqual(once);
    expect(once).toHaveLength(6);
  });

  it("keeps no entry of a change that was refused", async () => {
    await model("createRegisteredModel", { name: "taken" });

    expect((await model("renameRegisteredModel", { name: "a", new_name: "taken" })).status).toBe(400);

    expect(await events()).toEqual([[{ kind: "modelCreated" }]]);
  });

  it("goes along when the model is renamed, and not on to another of its name", async () => {
    await model("renameRegisteredModel", { name: "a", new_name: "b" });
    await model("createRegisteredModel", { name: "a" });

    expect(await events({ name: "b" })).toEqual([[{ kind: "modelRenamed", from: "a", to: "b" }], [{ kind: "modelCreated" }]]);
    expect(await events()).toEqual([[{ kind: "modelCreated" }]]);
  });

  it("still tells of a version that was deleted, and of the aliases that it took along", async () => {
    await add();
    await model("setAlias", { name: "a", alias: "champion", version: "1" });
    await version("deleteModelVersion", { version: "1" });

    expect((await events({ version: 1 }))[0]).toEqual([
      { kind: "versionDeleted", version: 1 },
      { kind: "aliasMoved", alias: "champion", from: 1 },
    ]);
  });

  it("is read page by page, each change once", async () => {
    for (let made = 0; made < 6; made += 1) await add();

    const numbers: number[] = [];
    let pageToken: string | undefined;
    do {
      const { body } = await ask({ limit: 3, ...(pageToken !== undefined && { pageToken }) });
      numbers.push(...body.changes.map(({ number }: RegistryChange) => number));
      pageToken = body.nextPageToken;
    } while (pageToken !== undefined);

    expect(numbers).toEqual([7, 6, 5, 4, 3, 2, 1]);
  });

  it("refuses a model that is not there, and a page token of its own making", async () => {
    expect(await ask({ name: "none" })).toMatchObject({ status: 404, body: { error_code: "RESOURCE_DOES_NOT_EXIST" } });
    expect(await ask({ pageToken: "next" })).toMatchObject({ status: 400, body: { message: expect.stringMatching(/^pageToken: /) } });
  });

  it("names the execution that registered a version", async () => {
    const registration = { registeredModel: "a", source: "mlflow-artifacts:/1/r/model", digest: "a".repeat(64), tags: { "capstan.execution": "e1" } };
    for (let time = 0; time < 2; time += 1) await registerHandler(ctx)(registration);

    expect(await history({ version: 1 })).toMatchObject([{ by: "execution e1", execution: "e1", events: [{ kind: "registered", version: 1 }] }]);
  });
});
