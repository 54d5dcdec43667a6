import { describe, expect, it } from "vitest";
import * as z from "zod";
import { int64 } from "#contracts/int64.ts";
import { content, defineContract } from "#contracts/route.ts";
import { DependencyError, doesNotExist } from "#core/errors.ts";
import { serve, serveRoutes } from "#runtime/serve-routes.ts";
import { call } from "#test/support/call.ts";

const things = defineContract({
  name: "things",
  surface: "mlflow",
  summary: "A contract with one route of each kind.",
  routes: {
    find: {
      method: "GET",
      path: "/api/2.0/mlflow/things/{id}",
      summary: "",
      request: z.object({ id: z.string(), tag: z.array(z.string()).optional() }),
      response: z.object({ id: z.string(), tags: z.array(z.string()) }),
      errors: [],
    },
    search: {
      method: "POST",
      path: "/api/2.0/mlflow/things/search",
      summary: "",
      request: z.object({ at: int64, name: z.string().max(3).optional() }),
      response: z.object({ at: int64 }),
      errors: [],
    },
    file: {
      method: "PUT",
      path: "/api/2.0/mlflow/files/{path+}",
      summary: "",
      body: "content",
      request: z.object({ path: z.string() }),
      response: content,
      errors: [],
    },
    broken: {
      method: "POST",
      path: "/api/2.0/mlflow/broken",
      summary: "",
      request: z.object({ how: z.string(), run_id: z.string().optional() }),
      response: z.object({}),
      errors: [],
    },
  },
});

const handler = serveRoutes(
  serve(things, {
    find: async ({ id, tag }) => ({ id, tags: tag ?? [] }),
    search: async ({ at }) => ({ at }),
    file: async ({ path }, { body }) => ({ headers: { "content-type": "text/plain" }, body: `${path}: ${(await Array.fromAsync(body)).length}` }),
    broken: async ({ how }) => {
      if (how === "missing") throw doesNotExist("thing 7 not found");
      if (how === "throttled") throw new DependencyError("slow down", { retryAfterSeconds: 3 });
      throw new Error("secret detail");
    },
  }),
);

describe("a served contract", () => {
  it("prefers a fixed segment to a parameter, and answers MLflow's ajax twin alike", async () => {
    expect(await call(handler, things, "search", { at: 5 })).toMatchObject({ status: 200, body: { at: 5 } });
    expect(
      (await call(handler, { ...things, routes: { search: { ...things.routes.search, path: "/ajax-api/2.0/mlflow/things/search" } } }, "search", { at: "7" }))
        .body,
    ).toEqual({ at: 7 });
  });

  it("carries 64-bit integers exactly in both directions", async () => {
    expect((await call(handler, things, "search", {}, { raw: '{"at": 9223372036854775807}' })).body).toEqual({ at: 9223372036854775807n });
  });

  it("reads repeated query keys as a list and decodes path parameters once", async () => {
    expect((await call(handler, things, "find", { id: "a b/ü%41", tag: ["x", "y"] })).body).toEqual({ id: "a b/ü%41", tags: ["x", "y"] });
  });

  it("hands a body that is not JSON through unread", async () => {
    expect((await call(handler, things, "file", { path: "dir/a+b é.txt" }, { raw: "abc" })).body).toBe("dir/a+b é.txt: 1");
  });

  it("names the field, the value and what is allowed", async () => {
    const missing = await call(handler, things, "search", {});
    const wrong = await call(handler, things, "search", { at: 1, name: "long" });

    expect(missing).toMatchObject({
      status: 400,
      body: { error_code: "INVALID_PARAMETER_VALUE", message: expect.stringContaining("Missing value for required parameter 'at'") },
    });
    expect(wrong.body.message).toMatch(/^Invalid value "long" for parameter 'name' supplied: too big/);
  });

  it("takes both spellings of a field but not at once, and null as unset", async () => {
    expect((await call(handler, things, "search", { at: 1, name: null })).status).toBe(200);
    expect((await call(handler, things, "broken", {}, { raw: '{"how":"a","run_id":"b","runId":"c"}' })).status).toBe(400);
  });

  it.each([
    ["missing", 404, "RESOURCE_DOES_NOT_EXIST"],
    ["throttled", 503, "TEMPORARILY_UNAVAILABLE"],
    ["defect", 500, "INTERNAL_ERROR"],
  ])("turns a %s into status %i", async (how, status, code) => {
    const reply = await call(handler, things, "broken", { how });

    expect(reply).toMatchObject({ status, body: { error_code: code } });
    expect(reply.body.message).not.toContain("secret");
  });

  it("answers an unknown path with 404, a wrong method with 405 and what is allowed, a body beyond the limit with 413", async () => {
    const unknown = { ...things, routes: { x: { ...things.routes.search, path: "/nowhere" as const } } };
    const wrongMethod = { ...things, routes: { x: { ...things.routes.search, method: "DELETE" as const } } };

    expect((await call(handler, unknown, "x", {})).status).toBe(404);
    expect(await call(handler, wrongMethod, "x", {})).toMatchObject({ status: 405, headers: { allow: expect.stringContaining("POST") } });
    expect((await call(handler, things, "search", { at: 1 }, { raw: "x".repeat(7_000_000) })).status).toBe(413);
  });
});

describe("a document of the platform surface", () => {
  const contract = defineContract({ ...things, surface: "platform", routes: { find: things.routes.find } });
  const polled = serveRoutes(serve(contract, { find: async ({ id }) => ({ id, tags: [] }) }));

  it("is answered 304 without a body while it stays the same", async () => {
    const first = await call(polled, contract, "find", { id: "a" });
    const again = await call(polled, contract, "find", { id: "a" }, { headers: { "if-none-match": first.headers["etag"] ?? "" } });
    const other = await call(polled, contract, "find", { id: "b" }, { headers: { "if-none-match": first.headers["etag"] ?? "" } });

    expect(first).toMatchObject({ status: 200, body: { id: "a" } });
    expect(again.status).toBe(304);
    expect(other).toMatchObject({ status: 200, body: { id: "b" } });
  });
});
