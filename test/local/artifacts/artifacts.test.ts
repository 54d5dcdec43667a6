import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serverContract } from "#contracts/mlflow/server.ts";
import { createHandler } from "#functions/mlflow-artifacts/handler.ts";
import { call } from "#test/support/call.ts";
import { type ArtifactService, startArtifacts } from "./artifact-service.ts";

let service: ArtifactService;
beforeAll(async () => {
  service = await startArtifacts();
});
afterAll(async () => await service.objects.stop());

const request: ArtifactService["request"] = (...given) => service.request(...given);
const put: ArtifactService["put"] = (...given) => service.put(...given);
const get: ArtifactService["get"] = (...given) => service.get(...given);

describe("a file behind the proxy", () => {
  it("is read as it was written, with what browsers must know of it", async () => {
    await put("1/r/artifacts/dir/a b+é.txt", "hello");

    const { status, body, headers } = await get("1/r/artifacts/dir/a b+é.txt");

    expect({ status, body }).toEqual({ status: 200, body: "hello" });
    expect(headers).toMatchObject({
      "content-length": "5",
      "content-type": "text/plain",
      "x-content-type-options": "nosniff",
      "accept-ranges": "bytes",
      etag: expect.stringMatching(/^".+"$/),
      "content-disposition": expect.stringContaining("attachment"),
    });
  });

  it("is overwritten, and may be empty", async () => {
    await put("o/x", "one");
    await put("o/x", "");

    expect((await get("o/x")).body).toBe("");
  });

  it("is read in part when a range is asked for", async () => {
    await put("o/range", "0123456789");

    const part = await get("o/range", { range: "bytes=2-4" });

    expect(part).toMatchObject({ status: 206, body: "234", headers: { "content-range": "bytes 2-4/10", "content-length": "3" } });
    expect(await get("o/range", { range: "bytes=90-" })).toMatchObject({ status: 416, body: { error_code: "RANGE_NOT_SATISFIABLE" } });
  });

  it("larger than a part comes back whole", async () => {
    const bytes = Buffer.alloc(20_000_000, "0123456789abc");
    await put("o/large", bytes);

    const { headers, body } = await get("o/large");

    expect(headers["content-length"]).toBe("20000000");
    expect(body === bytes.toString()).toBe(true);
  });

  it("that is missing is 404, a folder 400", async () => {
    await put("o/folder/x");

    expect(await get("o/none")).toMatchObject({ status: 404, body: { error_code: "RESOURCE_DOES_NOT_EXIST" } });
    expect(await get("o/folder")).toMatchObject({ status: 400, body: { error_code: "INVALID_PARAMETER_VALUE" } });
  });

  it.each([["a/../b"], ["a/%2e%2e/b"], ["a\\b"], ["a#b"]])("cannot be called %s", async (path) => {
    for (const reply of [await put(path), await get(path), await request("deleteArtifact", { artifact_path: path })])
      expect(reply).toMatchObject({ status: 400, body: { message: expect.stringContaining("Invalid path") } });
  });

  it("goes alone, or with its folder", async () => {
    for (const path of ["d/a", "d/b/c", "d/b/d", "db"]) await put(path);

    await request("deleteArtifact", { artifact_path: "d/b" });
    expect((await request("listArtifactFolder", { path: "d" })).body.files).toEqual([{ path: "a", is_dir: false, file_size: 3 }]);
    expect(await request("deleteArtifact", { artifact_path: "d/none" })).toMatchObject({ status: 200, body: {} });
    await request("deleteArtifact", { artifact_path: "d" });
    expect((await get("db")).status).toBe(200);
  });
});

describe("a listing", () => {
  beforeAll(async () => {
    for (const path of ["1/r/artifacts/l/x.txt", "1/r/artifacts/l/sub/y.txt", "1/r/artifacts/l/sub/z/deep.txt"]) await put(path);
  });

  it("of a folder has names, of a file or of nothing is empty", async () => {
    const list = async (path: string) => (await request("listArtifactFolder", { path })).body;

    expect(await list("1/r/artifacts/l")).toEqual({
      files: [
        { path: "sub", is_dir: true },
        { path: "x.txt", is_dir: false, file_size: 3 },
      ],
    });
    expect(await list("1/r/artifacts/l/x.txt")).toEqual({});
    expect(await list("1/r/artifacts/none")).toEqual({});
  });

  it("of a run has paths from the run's root", async () => {
    expect((await request("listArtifacts", { run_uuid: "r", path: "l/sub" })).body).toEqual({
      root_uri: "mlflow-artifacts:/1/r/artifacts",
      files: [
        { path: "l/sub/y.txt", is_dir: false, file_size: 3 },
        { path: "l/sub/z", is_dir: true },
      ],
    });
    expect((await request("listArtifacts", { run_id: "r", path: "l/x.txt" })).body).toEqual({ root_uri: "mlflow-artifacts:/1/r/artifacts" });
    expect((await request("listArtifacts", { run_id: "none" })).status).toBe(404);
    expect((await request("listArtifacts", {})).body.message).toContain("Missing value for required parameter 'run_id'");
  });

  it("has everything, also beyond a thousand", async () => {
    const names = Array.from({ length: 1100 }, (_, index) => `many/${index}`);
    for (let start = 0; start < names.length; start += 50) await Promise.all(names.slice(start, start + 50).map((name) => put(name, "")));

    expect((await request("listArtifactFolder", { path: "many" })).body.files).toHaveLength(1100);
    await request("deleteArtifact", { artifact_path: "many" });
    expect((await request("listArtifactFolder", { path: "many" })).body).toEqual({});
  });
});

describe("files of runs, models and versions", () => {
  it("are read by run, by version, and from a bucket of the team's own", async () => {
    await put("1/r/artifacts/model/MLmodel", "flavors:");
    await request("uploadRunArtifact", { run_uuid: "direct", path: "m/x.json" }, { raw: "{}" });

    expect((await request("getRunArtifact", { run_id: "r", path: "model/MLmodel" })).body).toBe("flavors:");
    expect((await request("getModelVersionArtifact", { name: "a", version: "1", path: "MLmodel" })).body).toBe("flavors:");
    expect((await request("listArtifacts", { run_id: "direct", path: "m" })).body.files).toEqual([{ path: "m/x.json", is_dir: false, file_size: 2 }]);
  });

  it("cannot be reached from another run", async () => {
    expect((await request("getRunArtifact", { run_id: "direct", path: "../r/x" })).status).toBe(400);
  });
});

describe("the server", () => {
  const ask = (operation: keyof typeof serverContract.routes) => call(createHandler(service.context), serverContract, operation);

  it("says that it is well, which MLflow it speaks, and that it takes uploads in parts", async () => {
    expect((await ask("health")).body).toBe("OK");
    expect((await ask("version")).body).toBe("3.17.2");
    expect((await ask("serverInfo")).body).toMatchObject({ store_type: "SqlStore", multipart_uploads_enabled: true, workspaces_enabled: false });
  });
});
