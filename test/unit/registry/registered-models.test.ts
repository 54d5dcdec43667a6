import { beforeEach, describe, expect, it } from "vitest";
import { modelVersionsContract as versions } from "#contracts/mlflow/model-versions.ts";
import { registeredModelsContract as models } from "#contracts/mlflow/registered-models.ts";
import { createHandler } from "#functions/mlflow-registry/handler.ts";
import type { HttpHandler } from "#runtime/http.ts";
import { call } from "#test/support/call.ts";
import { aRegistryContext } from "#test/support/memory-registry.ts";

let handler: HttpHandler;
const model = (operation: keyof typeof models.routes, fields: object) => call(handler, models, operation, { ...fields });
const version = (operation: keyof typeof versions.routes, fields: object) => call(handler, versions, operation, { ...fields });
const get = async (name = "a") => (await model("getRegisteredModel", { name })).body.registered_model;

beforeEach(async () => {
  handler = createHandler(aRegistryContext());
  await model("createRegisteredModel", { name: "a", tags: [{ key: "team", value: "x" }], description: "first" });
});

describe("a registered model", () => {
  it("is answered with what was given, and nothing that is empty", async () => {
    expect(await get()).toEqual({
      name: "a",
      creation_timestamp: 1001,
      last_updated_timestamp: 1001,
      description: "first",
      tags: [{ key: "team", value: "x" }],
    });
  });

  it("has a name of its own", async () => {
    expect(await model("createRegisteredModel", { name: "a" })).toMatchObject({
      status: 400,
      body: { error_code: "RESOURCE_ALREADY_EXISTS", message: "Registered Model (name=a) already exists." },
    });
  });

  it.each([[" "], ["a/b"], ["a:b"], [".."], ["."], ["x".repeat(256)]])("refuses the name %j", async (name) => {
    expect(await model("createRegisteredModel", { name })).toMatchObject({ status: 400, body: { error_code: "INVALID_PARAMETER_VALUE" } });
  });

  it("is said not to exist in MLflow's words", async () => {
    expect(await model("getRegisteredModel", { name: "b" })).toMatchObject({
      status: 404,
      body: { error_code: "RESOURCE_DOES_NOT_EXIST", message: "Registered Model with name=b not found" },
    });
  });

  it("loses its description to an empty one", async () => {
    await model("updateRegisteredModel", { name: "a", description: "" });

    expect(await get()).not.toHaveProperty("description");
  });

  it("takes and loses tags; removing one that is not there changes nothing", async () => {
    await model("setRegisteredModelTag", { name: "a", key: "team", value: "y" });
    await model("setRegisteredModelTag", { name: "a", key: "__proto__", value: "" });
    const missing = await model("deleteRegisteredModelTag", { name: "a", key: "none" });

    expect(missing).toMatchObject({ status: 200, body: {} });
    expect((await get()).tags).toEqual([
      { key: "__proto__", value: "" },
      { key: "team", value: "y" },
    ]);
  });

  it("keeps versions, aliases and tags when renamed, and gives its former name free", async () => {
    await version("createModelVersion", { name: "a", source: "s3://b/m" });
    await model("setAlias", { name: "a", alias: "champion", version: "1" });

    const { body } = await model("renameRegisteredModel", { name: "a", new_name: "b" });

    expect(body.registered_model).toMatchObject({ name: "b", aliases: [{ alias: "champion", version: "1" }], latest_versions: [{ name: "b", version: "1" }] });
    expect(body.registered_model.latest_versions[0].last_updated_timestamp).toBe(body.registered_model.last_updated_timestamp);
    expect((await model("createRegisteredModel", { name: "a" })).status).toBe(200);
    expect((await model("renameRegisteredModel", { name: "a", new_name: "b" })).body.error_code).toBe("RESOURCE_ALREADY_EXISTS");
  });

  it("takes its versions along when deleted; a new one of that name begins at 1", async () => {
    await version("createModelVersion", { name: "a", source: "s3://b/m" });
    await version("createModelVersion", { name: "a", source: "s3://b/m" });

    await model("deleteRegisteredModel", { name: "a" });
    const gone = await version("getModelVersion", { name: "a", version: "1" });
    await model("createRegisteredModel", { name: "a" });
    const again = await version("createModelVersion", { name: "a", source: "s3://b/m" });

    expect(gone.status).toBe(404);
    expect(again.body.model_version.version).toBe("1");
    expect((await version("searchModelVersions", { filter: "name = 'a'" })).body.model_versions).toHaveLength(1);
  });
});

describe("an alias", () => {
  beforeEach(async () => {
    for (const source of ["s3://b/1", "s3://b/2"]) await version("createModelVersion", { name: "a", source });
  });

  it("points at one version, moves, and goes", async () => {
    await model("setAlias", { name: "a", alias: "champion", version: "1" });
    await model("setAlias", { name: "a", alias: "champion", version: "2" });
    const found = await model("getVersionByAlias", { name: "a", alias: "champion" });
    await model("deleteAlias", { name: "a", alias: "champion" });
    const again = await model("deleteAlias", { name: "a", alias: "champion" });

    expect(found.body.model_version).toMatchObject({ version: "2", aliases: ["champion"] });
    expect(again.status).toBe(200);
    expect(await model("getVersionByAlias", { name: "a", alias: "champion" })).toMatchObject({
      status: 400,
      body: { error_code: "INVALID_PARAMETER_VALUE", message: "Registered model alias champion not found." },
    });
  });

  it("called latest is the highest version, whatever its stage", async () => {
    await version("transitionStage", { name: "a", version: "1", stage: "production", archive_existing_versions: false });

    expect((await model("getVersionByAlias", { name: "a", alias: "Latest" })).body.model_version.version).toBe("2");
  });

  it.each([["latest"], ["LATEST"], ["v1"], ["V22"], ["a b"], [""], ["x".repeat(256)]])("cannot be called %j", async (alias) => {
    expect(await model("setAlias", { name: "a", alias, version: "1" })).toMatchObject({ status: 400, body: { error_code: "INVALID_PARAMETER_VALUE" } });
  });

  it("is refused for a version that does not exist", async () => {
    expect(await model("setAlias", { name: "a", alias: "c", version: "9" })).toMatchObject({
      status: 404,
      body: { message: "Model Version (name=a, version=9) not found" },
    });
  });
});

describe("a search for registered models", () => {
  const names = async (fields: object) => {
    const { status, body } = await model("searchRegisteredModels", fields);
    return status === 200 ? (body.registered_models ?? []).map(({ name }: { name: string }) => name) : body.error_code;
  };

  beforeEach(async () => {
    await model("createRegisteredModel", { name: "B", tags: [{ key: "team", value: "y" }] });
    await model("createRegisteredModel", { name: "p", tags: [{ key: "mlflow.prompt.is_prompt", value: "true" }] });
  });

  it.each([
    [{}, ["B", "a"]],
    [{ filter: "name LIKE 'b'" }, []],
    [{ filter: "name ILIKE 'b'" }, ["B"]],
    [{ filter: "tags.team = 'x' AND name != 'q'" }, ["a"]],
    [{ filter: "name IN ('a', 'p')" }, ["a"]],
    [{ filter: "tags.`mlflow.prompt.is_prompt` = 'true'" }, ["p"]],
    [{ filter: "tags.`mlflow.prompt.is_prompt` != 'true'" }, ["B", "a"]],
    [{ filter: "tags.`mlflow.prompt.is_prompt` = 'false' AND name = 'a'" }, ["a"]],
    [{ order_by: ["name DESC"] }, ["a", "B"]],
    [{ order_by: ["last_updated_timestamp DESC"] }, ["B", "a"]],
    [{ order_by: ["timestamp ASC", "name"] }, ["a", "B"]],
    [{ order_by: ["creation_timestamp"] }, "INVALID_PARAMETER_VALUE"],
    [{ order_by: ["timestamp", "last_updated_timestamp"] }, "INVALID_PARAMETER_VALUE"],
    [{ filter: "version = '1'" }, "INVALID_PARAMETER_VALUE"],
    [{ max_results: 0 }, "INVALID_PARAMETER_VALUE"],
    [{ max_results: 1001 }, "INVALID_PARAMETER_VALUE"],
    [{ page_token: "x" }, "INVALID_PARAMETER_VALUE"],
  ])("with %j finds %j", async (fields, expected) => {
    expect(await names(fields)).toEqual(expected);
  });

  it("comes in pages without a token on the last", async () => {
    const first = await model("searchRegisteredModels", { max_results: 1 });
    const second = await model("searchRegisteredModels", { max_results: 1, page_token: first.body.next_page_token });

    expect([first, second].map(({ body }) => body.registered_models[0].name)).toEqual(["B", "a"]);
    expect(second.body).not.toHaveProperty("next_page_token");
  });
});
