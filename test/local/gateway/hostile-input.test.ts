import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startTestPlatform, type TestPlatform } from "#test/support/platform.ts";
import { bodies, traversals } from "./hostile-values.ts";
import { fieldRequests, pathRequests } from "./mutations.ts";
import { fieldsOf, inOrder, type Operation, operations, requestOf } from "./operations.ts";
import { faults } from "./refusals.ts";
import { json, type Sent, send, sendAll } from "./send.ts";
import { makeWorld, type World } from "./world.ts";

let platform: TestPlatform;
let world: World;
beforeAll(async () => {
  platform = await startTestPlatform();
  world = await makeWorld(platform.url);
});
afterAll(async () => {
  await platform?.stop();
});

interface Case {
  readonly operation: Operation;
  readonly place: string;
  readonly request: Sent;
}

/** Sends all cases. @returns what was wrong with the answers, in words */
async function problemsOf(cases: readonly Case[]): Promise<string[]> {
  const problems: string[] = [];
  await sendAll(cases, async ({ operation, place, request }) => {
    const wrong = await send(platform.url, request).then(
      (answer) => faults(operation.surface, answer),
      (error: unknown) => [String(error)],
    );
    problems.push(...wrong.map((fault) => `${operation.title} ${place} ${String(request.body ?? request.path).slice(0, 300)}: ${fault}`));
  });
  return problems;
}

const isAlive = async () => (await send(platform.url, { path: "/health" })).text === "OK";
let heard = 0;
beforeEach(() => {
  heard = platform.output().length;
});
/** What a handler did not expect is logged under this name. */
const defects = () =>
  (
    platform
      .output()
      .slice(heard)
      .match(/^.*"message":"defect".*$/gm) ?? []
  ).map((line) => line.slice(0, 1500));

describe("every operation of every contract", () => {
  it("answers hostile values in each of its fields with a refusal in its own form", async () => {
    const cases = inOrder.flatMap((operation) => fieldRequests(operation, world).map((one) => ({ operation, ...one })));

    expect(cases.length).toBeGreaterThan(5000);
    expect([...(await problemsOf(cases)), ...defects()]).toEqual([]);
    expect(await isAlive()).toBe(true);
  });

  it("answers hostile parameters in its path with a refusal in its own form", async () => {
    const cases = inOrder.flatMap((operation) => pathRequests(operation, world).map((one) => ({ operation, ...one })));

    expect(cases.length).toBeGreaterThan(1000);
    expect([...(await problemsOf(cases)), ...defects()]).toEqual([]);
    expect(await isAlive()).toBe(true);
  });

  it("answers bodies that are no request, under any content type", async () => {
    const cases = operations
      .filter(({ route }) => route.method !== "GET")
      .flatMap((operation) =>
        bodies.flatMap((body, index) => {
          const { path, method } = requestOf(operation.route, fieldsOf(operation.route, world));
          const type = ["application/json", "text/plain", "multipart/form-data; boundary=x", "application/json; charset=utf-16"][index % 4] ?? "";
          return [json, { "content-type": type }, {}].map((headers) => ({
            operation,
            place: "body",
            request: { path, body, headers, ...(method !== undefined && { method }) },
          }));
        }),
      );

    expect([...(await problemsOf(cases)), ...defects()]).toEqual([]);
    expect(await isAlive()).toBe(true);
  });

  it("refuses ten megabytes where it takes JSON, and says so", async () => {
    const body = JSON.stringify({ name: "x".repeat(10_000_000) });
    const taking = operations.filter(({ route }) => route.method !== "GET" && route.body !== "content");
    const problems: string[] = [];

    for (const operation of taking) {
      const { path, method = "POST" } = requestOf(operation.route, fieldsOf(operation.route, world));
      const answer = await send(platform.url, { path, method, headers: json, body }).catch((error: unknown) => ({
        status: 0,
        headers: {},
        text: String(error),
      }));
      if (answer.status !== 413) problems.push(`${operation.title} answers ${answer.status}: ${answer.text.slice(0, 200)}`);
      problems.push(...faults(operation.surface, answer));
    }

    expect(taking.length).toBeGreaterThan(50);
    expect(problems).toEqual([]);
    expect(await isAlive()).toBe(true);
  });
});

describe("paths of artifacts", () => {
  it("never lead outside of the run that they name", async () => {
    const secret = readFileSync(join(platform.folder, "secrets.json"), "utf8");
    const text = (name: string) => String(world[name]);
    const root = text("artifact_path").replace("/thing.txt", "");
    const proxy = "/api/2.0/mlflow-artifacts";
    const other = `${text("experiment_id")}/${"f".repeat(32)}/artifacts/secret.txt`;
    await send(platform.url, { method: "PUT", path: `${proxy}/artifacts/${other}`, body: "other people's" });
    const corpus = traversals(["secrets.json", "etc/passwd", "tables.sqlite", other]);
    const doors = (part: string): Sent[] => [
      { path: `${proxy}/artifacts/${root}/${part}` },
      { path: `${proxy}/artifacts/${part}` },
      { path: `${proxy}/artifacts?path=${root}/${part}` },
      { path: `${proxy}/presigned/${root}/${part}` },
      { method: "DELETE", path: `${proxy}/artifacts/${root}/${part}` },
      { method: "PUT", path: `${proxy}/artifacts/${root}/${part}`, body: "overwritten" },
      { path: `/get-artifact?run_id=${text("run_id")}&path=${part}` },
      { path: `/api/2.0/mlflow/artifacts/list?run_id=${text("run_id")}&path=${part}` },
      { path: `/model-versions/get-artifact?name=thing&version=1&path=${part}` },
      { path: `/api/2.0/mlflow/logged-models/${text("model_id")}/artifacts/files?artifact_file_path=${part}` },
      { path: `/${part}` },
    ];
    const escaped: string[] = [];

    await sendAll(corpus.flatMap(doors), async (request) => {
      const answer = await send(platform.url, request);
      const leaks = ["other people's", "root:", "SQLite format", secret.slice(0, 40)].filter((leak) => answer.text.includes(leak));
      const wrong = [...leaks.map((leak) => `shows ${leak}`), ...(answer.status >= 500 ? [`answers ${answer.status}`] : [])];
      escaped.push(...wrong.map((fault) => `${request.method ?? "GET"} ${request.path}: ${fault}`));
    });

    expect(corpus.length).toBeGreaterThan(400);
    expect([...escaped, ...defects()]).toEqual([]);
    expect((await send(platform.url, { path: `${proxy}/artifacts/${other}` })).text).toBe("other people's");
    expect(await isAlive()).toBe(true);
  });
});
