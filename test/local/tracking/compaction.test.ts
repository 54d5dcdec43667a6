import { afterAll, beforeAll, expect, it } from "vitest";
import { packedRuns } from "#test/support/packed-runs.ts";
import { startTestPlatform, type TestPlatform } from "#test/support/platform.ts";

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startTestPlatform();
});
afterAll(() => platform.stop());

interface Reply {
  readonly experiment_id: string;
  readonly run: {
    readonly info: { readonly run_id: string };
    readonly data: { readonly metrics: readonly { readonly key: string; readonly value: number }[] };
  };
  readonly runs: readonly unknown[];
  readonly metrics: readonly unknown[];
}
async function call(method: "GET" | "POST", operation: string, fields: Record<string, unknown>): Promise<Reply> {
  const url = `${platform.url}/api/2.0/mlflow/${operation}`;
  const response = await (method === "GET"
    ? fetch(`${url}?${new URLSearchParams(fields as Record<string, string>).toString()}`)
    : fetch(url, { method, headers: { "content-type": "application/json" }, body: JSON.stringify(fields) }));
  expect(response.status).toBe(200);
  return (await response.json()) as Reply;
}

it("is asked for by a search, goes on behind the API, and leaves every run as it was", async () => {
  const { experiment_id } = await call("POST", "experiments/create", { name: "many runs" });
  const ids: string[] = [];
  for (let start_time = 1; start_time <= 60; start_time++) {
    const { run } = await call("POST", "runs/create", { experiment_id, start_time, tags: [{ key: "why", value: "to be packed ".repeat(20) }] });
    await call("POST", "runs/log-metric", { run_id: run.info.run_id, key: "loss", value: start_time / 10, timestamp: 1, step: 1 });
    ids.push(run.info.run_id);
  }
  const search = { experiment_ids: [experiment_id], filter: "metrics.loss > 1", order_by: ["metrics.loss DESC"] };
  const before = await call("POST", "runs/search", search);
  const blocks = await packedRuns(platform, experiment_id, 60);

  expect(blocks).toHaveLength(1);
  expect(before.runs).toHaveLength(50);
  expect(await call("POST", "runs/search", search)).toEqual(before);
  const [run_id = ""] = ids;
  expect((await call("GET", "runs/get", { run_id })).run.data.metrics).toMatchObject([{ key: "loss", value: 0.1 }]);
  expect((await call("GET", "metrics/get-history", { run_id, metric_key: "loss" })).metrics).toHaveLength(1);
  await call("POST", "runs/log-metric", { run_id, key: "loss", value: 9, timestamp: 2, step: 2 });
  expect((await call("POST", "runs/search", search)).runs[0]).toMatchObject({ info: { run_id } });
  expect(platform.output()).not.toMatch(/"level":"(warn|error)"/);
});
