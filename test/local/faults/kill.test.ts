import { execFileSync } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { randomFrom } from "#core/training/random.ts";
import { startTestPlatform, type TestPlatform } from "#test/support/platform.ts";
import { type Api, apiOf, NoAnswer } from "./api.ts";
import type { Workload } from "./workloads.ts";
import { artifacts, batches, makePlace, metrics, type Place, rows, runs, uploads, versions } from "./writers.ts";

const kills = 50;

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startTestPlatform();
});
afterAll(async () => {
  await platform?.stop();
});

/** An object of the platform's own store, as any S3 client reads it. */
async function objectAt(uri: string): Promise<string> {
  const [, Bucket = "", Key = ""] = /^s3:\/\/([^/]+)\/(.+)$/.exec(uri) ?? [];
  const client = new S3Client({ endpoint: platform.objectsUrl, region: "us-east-1", forcePathStyle: true, credentials: platform.credentials });
  const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
  return (await Body?.transformToString()) ?? "";
}

/** Table engines that have this platform's file open. */
const engines = () =>
  execFileSync("ps", ["-A", "-o", "args="], { encoding: "utf8" })
    .split("\n")
    .filter((line) => line.includes(`${platform.folder}/tables.sqlite`));

/** Half of the writers take turns, so that a round loads no more of the platform than it needs. */
async function writersOf(api: Api, place: Place, round: number, numbers: Map<string, string>): Promise<Workload[]> {
  const { run } = await api.call("POST", "/api/2.0/mlflow/runs/create", { experiment_id: place.experimentId, start_time: 1 });
  const runId = String(run.info.run_id);
  return round % 2 === 0
    ? [runs(place, round), metrics(runId), batches(runId), versions(place, round, numbers)]
    : [metrics(runId), artifacts(place, runId), rows(round), uploads(round, objectAt)];
}

/** Writes until the platform is gone. */
async function keepWriting(api: Api, writer: Workload): Promise<void> {
  try {
    for (;;) await writer.step(api);
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
  }
}

const problemsOf = async (api: Api, writers: readonly Workload[]) => (await Promise.all(writers.map((writer) => writer.check(api)))).flat();

describe("a platform that is killed in the middle of its work", () => {
  it(`loses nothing that it acknowledged, ${kills} times over`, { timeout: 600_000 }, async () => {
    const random = randomFrom(7);
    const api = apiOf(() => platform.url);
    const place = await makePlace(api);
    const numbers = new Map<string, string>();
    const all: Workload[] = [];

    for (let round = 0; round < kills; round += 1) {
      const writers = await writersOf(api, place, round, numbers);
      all.push(...writers);
      // Every fifth time the platform is killed while it still loads what the first writes need.
      if (round % 5 !== 0) await Promise.all(writers.map((writer) => writer.step(api)));
      const writing = Promise.all(writers.map((writer) => keepWriting(api, writer)));
      await pause(5 + random() * 150);
      await platform.kill("SIGKILL");
      await writing;
      await platform.restart();

      expect([round, await problemsOf(api, writers)]).toEqual([round, []]);
      for (const writer of writers) await writer.repeat(api);
      expect([round, engines().length]).toEqual([round, 1]);
    }

    expect(await problemsOf(api, all)).toEqual([]);
    const acknowledged = Map.groupBy(all, ({ title }) => title);
    for (const [title, writers] of acknowledged)
      expect([title, writers.reduce((sum, writer) => sum + writer.acknowledged(), 0) >= kills]).toEqual([title, true]);
    expect(platform.output()).not.toContain('"message":"defect"');
  });
});
