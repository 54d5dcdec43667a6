import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { trackedRoots } from "#core/artifacts/tracked-roots.ts";
import { createHandler as createArtifacts } from "#functions/mlflow-artifacts/handler.ts";
import { createHandler as createExperiments } from "#functions/mlflow-experiments/handler.ts";
import { createHandler as createLoggedModels } from "#functions/mlflow-logged-models/handler.ts";
import { createHandler as createRegistry } from "#functions/mlflow-registry/handler.ts";
import { createHandler as createRuns } from "#functions/mlflow-runs/handler.ts";
import type { HttpHandler } from "#runtime/http.ts";
import { loggedModelContext, registryContext } from "#stores/dynamodb/registry/registry-context.ts";
import { runSearchContext } from "#stores/dynamodb/tracking/run-search-context.ts";
import { artifactStore } from "#stores/s3/artifacts.ts";
import { type LoopbackServer, serveOnLoopback } from "#test/support/http-server.ts";
import { type LocalObjects, startLocalObjects } from "#test/support/local-objects.ts";
import { type LocalTables, startLocalTables } from "#test/support/local-tables.ts";
import { memoryObjects } from "#test/support/memory-objects.ts";
import { pythonPath } from "#test/support/python.ts";

const script = fileURLToPath(new URL("models_client.py", import.meta.url));

let tables: LocalTables;
let objects: LocalObjects;
let server: LoopbackServer;
let folder: string;
const paths: string[] = [];
// biome-ignore lint/suspicious/noExplicitAny: what the client saw, looked into below
let seen: any;

/** The functions behind one address, as the gateway puts them. */
function allFunctions(): HttpHandler {
  const table = tables.table("tracking");
  const tracking = runSearchContext(tables.client, { table, objects: memoryObjects(), bucket: "artifacts" });
  const registered = registryContext(tables.client, table);
  const artifacts = { artifacts: artifactStore(objects.client, objects.presigner), bucket: "artifacts", roots: trackedRoots(tracking, registered) };
  const loggedModels = createLoggedModels(loggedModelContext(tables.client, table), artifacts);
  const [registry, files, experiments, runs] = [createRegistry(registered), createArtifacts(artifacts), createExperiments(tracking), createRuns(tracking)];
  const routes: readonly (readonly [RegExp, HttpHandler])[] = [
    [/^\/api\/2\.0\/mlflow\/logged-models/, loggedModels],
    [/^\/api\/2\.0\/mlflow\/(registered-models|model-versions)/, registry],
    [/^\/api\/2\.0\/mlflow\/experiments/, experiments],
    [/^\/api\/2\.0\/mlflow\/(runs|metrics)/, runs],
    [/^/, files],
  ];
  return async (request) => {
    paths.push(request.path);
    return await (routes.find(([path]) => path.test(request.path))?.[1] ?? files)(request);
  };
}

beforeAll(async () => {
  [tables, objects, folder] = await Promise.all([startLocalTables(), startLocalObjects("artifacts"), mkdtemp(join(tmpdir(), "capstan-mlflow-"))]);
  server = await serveOnLoopback(allFunctions());
  const { stdout } = await promisify(execFile)(pythonPath, [script, server.url, folder], { maxBuffer: 1e7 });
  seen = JSON.parse(stdout.trim().split("\n").at(-1) ?? "");
});
afterAll(async () => {
  await server.stop();
  await objects.stop();
  await tables.stop();
  await rm(folder, { recursive: true });
});

describe("MLflow's own client", () => {
  it("logs, lists and loads files, large ones in parts", () => {
    expect(seen.artifacts).toEqual([
      ["d.json", false, expect.any(Number)],
      ["notes", true, null],
      ["tab.json", false, expect.any(Number)],
      ["weights", true, null],
    ]);
    expect(seen["model files"]).toContain("line/MLmodel");
    expect([seen.text, seen.folder, seen.table]).toEqual(["hello", "hello", 3]);
    expect(seen.big).toEqual([12 * 1024 * 1024, 0, 11]);
    for (const step of ["mpu/create", "mpu/complete", "presigned"]) expect(paths.some((path) => path.includes(`/mlflow-artifacts/${step}/`))).toBe(true);
  });

  it("registers versions of one model from every kind of source", () => {
    expect(seen.versions).toEqual(["2", "3", true]);
    expect(new Set(seen.registered)).toEqual(new Set(["line 1", "line 2", "line 3"]));
    expect(seen["model metrics"]).toEqual([["rmse", 0.25, true]]);
  });

  it("sets and reads aliases, tags, descriptions and stages", () => {
    expect(seen.alias).toEqual(["2", "the second", { stage: "good" }, ["champion"]]);
    expect(seen.model).toEqual(["a line", { team: "x" }, { champion: "2" }]);
    expect(seen.latest).toEqual([
      ["1", "Production"],
      ["3", "None"],
    ]);
    expect(seen.search).toEqual([["line"], ["1", "2", "3"], ["1", "2"]]);
  });

  it("loads the model by alias, version, stage, logged model and run", () => {
    expect(seen.predictions.map(Math.round)).toEqual([8, 8, 8, 8, 8, 8]);
  });

  it("renames, removes, and is refused with the codes that it knows", () => {
    expect(seen.renamed).toEqual(["2", "1"]);
    expect(seen.refusals).toEqual(["RESOURCE_DOES_NOT_EXIST", "RESOURCE_DOES_NOT_EXIST", "RESOURCE_DOES_NOT_EXIST", "INVALID_PARAMETER_VALUE"]);
  });

  it("searches and deletes logged models", () => {
    expect(seen.logged).toEqual(["external", "line"]);
    expect(seen["logged later"]).toEqual(["line"]);
  });

  it("keeps prompts, apart from models", () => {
    expect(seen.prompt).toEqual(["Hello {{name}}", "Good day {{name}}", ["greet"], []]);
  });
});
