import { describe, expect, it } from "vitest";
import { endpointContract } from "#contracts/platform/endpoints.ts";
import { createHandler } from "#functions/endpoints/handler.ts";
import { call } from "#test/support/call.ts";
import { aServingContext, counts } from "#test/support/serving.ts";

function anApi() {
  const serving = aServingContext();
  const handler = createHandler(serving.ctx);
  const api = (operation: keyof typeof endpointContract.routes, fields: object = {}) => call(handler, endpointContract, operation, { ...fields });
  return { ...serving, api };
}
const churn = (fields: object = {}) => ({ name: "churn", variants: [{ modelName: "churn", modelVersion: "1" }], ...fields });

describe("the endpoint API", () => {
  it("creates an endpoint with the version's digest and place, and says who did it", async () => {
    const { api } = anApi();

    const { status, body } = await api("putEndpoint", churn({ reason: "first", tags: { team: "growth" } }));

    expect(status).toBe(200);
    expect(body.endpoint).toMatchObject({
      name: "churn",
      revision: 1,
      updatedBy: "tester",
      tags: { team: "growth" },
      variants: [{ name: "main", modelName: "churn", modelVersion: "1", modelUri: "s3://artifacts/churn/1", digest: "1".repeat(64), weight: 1 }],
    });
    expect((await api("listEndpointEvents", { name: "churn" })).body.events).toEqual([
      {
        at: 1_800_000_000_000,
        by: "tester",
        revision: 1,
        change: "created",
        reason: "first",
        weights: { main: 1 },
        models: { main: { modelName: "churn", modelVersion: "1" } },
      },
    ]);
  });

  it("changes nothing when the same is put again, and makes a new revision when it differs", async () => {
    const { api } = anApi();
    await api("putEndpoint", churn());

    expect((await api("putEndpoint", churn())).body.endpoint.revision).toBe(1);
    expect((await api("putEndpoint", churn({ captureRate: 0.5 }))).body.endpoint).toMatchObject({ revision: 2, captureRate: 0.5 });
    expect((await api("listEndpointEvents", { name: "churn" })).body.events).toHaveLength(2);
  });

  it("resolves an alias when it is put, and divides weights by their sum", async () => {
    const { api } = anApi();

    const { body } = await api("putEndpoint", {
      name: "churn",
      variants: [
        { name: "a", modelName: "churn", alias: "champion", weight: 0.9 },
        { name: "b", modelName: "churn", modelVersion: "2", weight: 0.3 },
      ],
    });

    expect(body.endpoint.variants).toMatchObject([
      { modelVersion: "1", weight: 0.75 },
      { modelVersion: "2", weight: 0.25 },
    ]);
  });

  it.each([
    ["a weight above 1", churn({ variants: [{ modelName: "churn", modelVersion: "1", weight: 1.5 }] }), /weight.*must be between 0 and 1, got 1.5/],
    ["no weight at all", churn({ variants: [{ modelName: "churn", modelVersion: "1", weight: 0 }] }), "variants must have at least one weight above 0"],
    [
      "two variants of one name",
      churn({
        variants: [
          { modelName: "churn", modelVersion: "1" },
          { modelName: "churn", modelVersion: "2" },
        ],
      }),
      "variants must have different names, got main twice",
    ],
    ["neither version nor alias", churn({ variants: [{ modelName: "churn" }] }), "variants.main must have either modelVersion or alias, got neither"],
    ["a name that is a path", churn({ name: "..%2f" }), /^name: must be 1 to 63 letters/],
    ["no variants", churn({ variants: [] }), /^variants/],
    ["an unknown assignment", churn({ assignment: { mode: "lottery" } }), /^assignment/],
  ])("refuses %s", async (_what, fields, message) => {
    const reply = await anApi().api("putEndpoint", fields);

    expect(reply).toMatchObject({
      status: 400,
      body: { error_code: "INVALID_PARAMETER_VALUE", message: typeof message === "string" ? message : expect.stringMatching(message) },
    });
  });

  it("answers 404 for a version or endpoint that does not exist", async () => {
    const { api } = anApi();

    expect((await api("putEndpoint", churn({ variants: [{ modelName: "churn", modelVersion: "77" }] }))).status).toBe(404);
    expect((await api("getEndpoint", { name: "nope" })).body).toEqual({ error_code: "RESOURCE_DOES_NOT_EXIST", message: "endpoint nope not found" });
    expect((await api("setWeights", { name: "nope", weights: { a: 1 } })).status).toBe(404);
    expect((await api("getEndpointStatistics", { name: "nope" })).status).toBe(404);
  });

  it("sets weights, refuses unknown variants, and changes only what the caller has seen", async () => {
    const { api } = anApi();
    await api("putEndpoint", {
      name: "churn",
      variants: [
        { name: "a", modelName: "churn", modelVersion: "1" },
        { name: "b", modelName: "churn", modelVersion: "2", weight: 0 },
      ],
    });

    expect((await api("setWeights", { name: "churn", weights: { a: 0.3, b: 0.1 }, expectedRevision: 1 })).body.endpoint).toMatchObject({
      revision: 2,
      variants: [{ weight: 0.75 }, { weight: 0.25 }],
    });
    expect((await api("setWeights", { name: "churn", weights: { a: 0.3, b: 0.1 } })).body.endpoint.revision).toBe(2);
    expect(await api("setWeights", { name: "churn", weights: { a: 1 }, expectedRevision: 1 })).toMatchObject({
      status: 409,
      body: { message: "endpoint churn is at revision 2, not 1" },
    });
    expect((await api("setWeights", { name: "churn", weights: { c: 1 } })).body.message).toBe("weights.c must name one of the variants a, b");
    expect((await api("setWeights", { name: "churn", weights: { a: 0 } })).body.message).toBe("variants must have at least one weight above 0");
  });

  it("deletes an endpoint but keeps its history, also over a new one of the same name", async () => {
    const { api, state } = anApi();
    await api("putEndpoint", churn());
    state.now += 1;

    expect((await api("deleteEndpoint", { name: "churn", reason: "old" })).status).toBe(200);
    expect((await api("deleteEndpoint", { name: "churn" })).status).toBe(404);
    state.now += 1;
    await api("putEndpoint", churn());

    const { events } = (await api("listEndpointEvents", { name: "churn" })).body;
    expect(events.map(({ change }: { change: string }) => change)).toEqual(["created", "deleted", "created"]);
  });

  it("lists by page, in either order, without repeating or skipping one that stays", async () => {
    const { api, state } = anApi();
    for (const name of ["c", "a", "d", "b", "e"]) {
      state.now += 1_000;
      await api("putEndpoint", churn({ name }));
    }
    const pages = async (query: object) => {
      const seen: string[] = [];
      let pageToken: string | undefined;
      do {
        const { body } = await api("listEndpoints", { ...query, pageSize: 2, ...(pageToken !== undefined && { pageToken }) });
        seen.push(...body.endpoints.map(({ name }: { name: string }) => name));
        pageToken = body.nextPageToken;
      } while (pageToken !== undefined);
      return seen.join("");
    };

    expect(await pages({})).toBe("abcde");
    expect(await pages({ descending: true })).toBe("edcba");
    expect(await pages({ orderBy: "updatedAt" })).toBe("cadbe");
    expect(await pages({ orderBy: "updatedAt", descending: true })).toBe("ebdac");
    expect(await pages({ nameContains: "d" })).toBe("d");
    expect(await pages({ modelName: "other" })).toBe("");
    expect((await api("listEndpoints", { pageToken: "../x" })).body.message).toContain("pageToken must be the nextPageToken of the page before");
  });

  it("revokes a version on every endpoint that has it, and takes it nowhere again", async () => {
    const { api, ctx } = anApi();
    await api("putEndpoint", churn());
    await api("putEndpoint", churn({ name: "other", variants: [{ modelName: "churn", modelVersion: "2" }] }));

    const revoked = await api("revokeModelVersion", { modelName: "churn", modelVersion: "1", reason: "leak" });
    await api("revokeModelVersion", { modelName: "churn", modelVersion: "1", reason: "leak" });

    expect(revoked.body).toEqual({ endpoints: ["churn"] });
    expect((await ctx.endpoints.find("churn"))?.variants).toMatchObject([{ revoked: { by: "tester", reason: "leak" } }]);
    expect((await ctx.endpoints.find("churn"))?.revision).toBe(2);
    const digest = (await ctx.endpoints.find("churn"))?.variants[0]?.digest;
    expect((await api("getModelRevocation", { digest })).body).toMatchObject({ revocation: { by: "tester", reason: "leak" } });
    expect((await api("getModelRevocation", { digest: "0".repeat(64) })).body).toEqual({ revocation: null });
    expect(await api("putEndpoint", churn({ name: "third" }))).toMatchObject({ status: 409, body: { message: "model version churn/1 was revoked: leak" } });
  });

  it("tells traffic, failures and latency by variant, in all and minute by minute", async () => {
    const { api, minute } = anApi();
    await api("putEndpoint", churn());
    minute({ main: counts(95, { milliseconds: 10, failures: 1 }) });
    minute({ main: counts(5, { milliseconds: 80 }) });

    const { body } = await api("getEndpointStatistics", { name: "churn", minutes: 10 });

    expect(body.variants).toEqual([
      {
        variant: "main",
        requests: 101,
        requestsPerSecond: expect.closeTo(101 / 540, 3),
        errors: 1,
        refusals: 0,
        rows: 100,
        nullRows: 0,
        p50: expect.any(Number),
        p95: expect.any(Number),
        p99: expect.any(Number),
      },
    ]);
    // A percentile is the bound of its bucket: at most 9 % above the true one.
    expect(body.variants[0].p50).toBeGreaterThanOrEqual(10);
    expect(body.variants[0].p50).toBeLessThan(10.91);
    expect(body.variants[0].p99).toBeGreaterThanOrEqual(80);
    expect(body.variants[0].p99).toBeLessThan(87.3);
    expect(body.series.map(({ variants }: { variants: { requests: number }[] }) => variants[0]?.requests)).toEqual([96, 5]);
  });
});
