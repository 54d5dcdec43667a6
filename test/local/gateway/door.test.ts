import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestPlatform, type TestPlatform } from "#test/support/platform.ts";
import { operations, parameters } from "./operations.ts";
import { json, send } from "./send.ts";

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startTestPlatform();
});
afterAll(async () => {
  await platform?.stop();
});

const create = "/api/2.0/mlflow/experiments/create";
const ask = (path: string, headers: Readonly<Record<string, string>> = {}, method = "GET", body?: string) =>
  send(platform.url, { path, method, headers, ...(body !== undefined && { body }) });
const bodyOf = (text: string) => JSON.parse(text) as Record<string, unknown>;

describe("pages of others in the user's browser", () => {
  it("reach nothing under a name that is not this machine's", async () => {
    const hosts = [
      "evil.example",
      "evil.example:80",
      "127.0.0.1.evil.example",
      "localhost.evil.example:1",
      "0.0.0.0",
      "[::]",
      "169.254.169.254",
      "127.0.0.1@evil.example",
    ];

    for (const host of hosts)
      for (const [method, path] of [
        ["GET", "/health"],
        ["GET", "/"],
        ["POST", create],
        ["DELETE", "/capstan/v1/datasets/x"],
        ["OPTIONS", create],
      ] as const) {
        const { status, text } = await ask(path, { host, ...json }, method, method === "POST" ? '{"name":"forged"}' : undefined);
        expect([host, method, path, status, bodyOf(text)["error_code"]]).toEqual([host, method, path, 421, "PERMISSION_DENIED"]);
      }
  });

  it("are served under every name of this machine", async () => {
    const { port } = new URL(platform.url);

    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`, "localhost"])
      expect([host, (await ask("/health", { host })).text]).toEqual([host, "OK"]);
  });

  it("change nothing, by whatever method", async () => {
    const origins = ["https://evil.example", "null", "http://localhost:1", "file://", "", "http://127.0.0.1.evil.example"];

    for (const origin of origins)
      for (const [method, path] of [
        ["POST", create],
        ["PUT", "/capstan/v1/datasets/forged"],
        ["PATCH", "/api/2.0/mlflow/registered-models/update"],
        ["DELETE", "/api/2.0/mlflow/registered-models/delete"],
        ["POST", "/push"],
        ["POST", "/v2/models/x/infer"],
        ["POST", "/endpoints/x/invocations"],
      ] as const)
        expect([origin, method, path, (await ask(path, { origin, ...json }, method, '{"name":"forged"}')).status]).toEqual([origin, method, path, 403]);
    const { text } = await ask("/api/2.0/mlflow/experiments/search?max_results=100");
    expect(text).not.toContain("forged");
  });

  it("are never told that they may read an answer", async () => {
    for (const [method, path] of [
      ["GET", "/health"],
      ["GET", "/capstan/v1/status"],
      ["OPTIONS", create],
    ] as const) {
      const { headers } = await ask(path, { origin: "https://evil.example", "access-control-request-method": "POST" }, method);
      expect(Object.keys(headers).filter((name) => name.startsWith("access-control-"))).toEqual([]);
    }
  });

  it("leave the console's own requests alone", async () => {
    const { status } = await ask(create, { origin: platform.url, ...json }, "POST", '{"name":"own"}');

    expect(status).toBe(200);
  });
});

describe("addresses", () => {
  it("without an operation are 404 in their surface's form", async () => {
    const refusals = {
      "/api/2.0/mlflow/nothing": "error_code",
      "/ajax-api/2.0/mlflow/nothing/here": "error_code",
      "/capstan/v1/nothing": "error_code",
      "/v2/models": "error",
      "/endpoints/x/nothing": "message",
    };

    for (const [path, field] of Object.entries(refusals)) {
      const { status, text } = await ask(path, {}, "POST", "{}");
      expect([path, status, typeof bodyOf(text)[field]]).toEqual([path, 404, "string"]);
    }
  });

  it("with another method are 405, and name the methods that they have", async () => {
    const byPath = Map.groupBy(operations, ({ route }) => route.path);
    // Paths that another one covers with a parameter have its methods too.
    const plain = [...byPath].filter(([, of]) => of.every(({ route }) => parameters(route).length === 0 && route.path.startsWith("/api/2.0/mlflow/runs")));

    expect(plain.length).toBeGreaterThan(10);
    for (const [path, of] of plain) {
      const methods = of.map(({ route }) => route.method);
      const { status, headers, text } = await ask(path, json, "PUT", "{}");
      expect([path, status, headers["allow"], bodyOf(text)["error_code"]]).toEqual([path, 405, methods.join(", "), "METHOD_NOT_ALLOWED"]);
    }
  });

  it("are the same under MLflow's two prefixes", async () => {
    const [api, ajax] = await Promise.all(["api", "ajax-api"].map((prefix) => ask(`/${prefix}/2.0/mlflow/experiments/get?experiment_id=0`)));

    expect(api?.status).toBe(200);
    expect(ajax?.text).toBe(api?.text);
  });

  it("give every answer a request id", async () => {
    const ids = await Promise.all(
      ["/health", "/api/2.0/mlflow/nothing", "/capstan/v1/datasets"].map(async (path) => (await ask(path)).headers["x-request-id"]),
    );

    expect(new Set(ids).size).toBe(3);
    expect(ids.every((id) => typeof id === "string" && id.length >= 32)).toBe(true);
  });
});
