import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { logReader } from "#gateways/cloudwatch/log-reader.ts";
import { type AwsServer, startAwsServer } from "#infra/local/aws/server.ts";
import { type LineFiles, lineFiles } from "#infra/local/logs/line-files.ts";
import { logsOperations } from "#infra/local/logs/logs-operations.ts";
import { readScriptLog, scriptLog } from "#infra/local/training/script-log.ts";

const begun = 1_800_000_000_000;
const minute = 60_000;
let folder: string;
let lines: LineFiles;
let server: AwsServer;
let client: CloudWatchLogsClient;
const troubles: unknown[] = [];
const open = (rest: { readonly mostBytes?: number; readonly mostFiles?: number } = {}) =>
  lineFiles({ folder: join(folder, "logs"), failed: (error) => troubles.push(error), ...rest });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "capstan-logs-"));
  lines = open();
  server = await startAwsServer({ operations: logsOperations({ lines, scriptLines: (job) => readScriptLog(join(folder, `${job}.txt`)) }) });
  client = new CloudWatchLogsClient({ endpoint: server.endpoint, region: "us-east-1", credentials: { accessKeyId: "a", secretAccessKey: "b" } });
});
afterAll(async () => {
  client.destroy();
  await server.stop();
  await rm(folder, { recursive: true });
  expect(troubles).toEqual([]);
});

const say = (executionId: string, step: string, at: number, message: string, name = "train-model") =>
  lines.add(executionId, { group: `/aws/lambda/${name}`, at: begun + at, text: JSON.stringify({ level: "info", message, executionId, step }) });
const train = (executionId: string, name = "train-model") => ({ kind: "function" as const, name, executionId, step: "Train" });
const read = async (...given: Parameters<ReturnType<typeof logReader>["newest"]>) =>
  (await logReader(client).newest(...given)).map(({ text }) => (text.startsWith("{") ? (JSON.parse(text) as { message: string }).message : text));

describe("the log reader", () => {
  it("finds what a function wrote for a step of an execution, and nothing of others", async () => {
    say("one", "Train", 1, "mine");
    say("one", "Evaluate", 2, "of another step");
    say("one", "Train", 3, "of another function", "evaluate-model");
    say("two", "Train", 4, "of another execution");

    expect(await read(train("one"), begun, begun + minute, 10)).toEqual(["mine"]);
    expect(await read(train("one", "arn:aws:lambda:us-east-1:000000000000:function:train-model"), begun, begun + minute, 10)).toEqual(["mine"]);
  });

  it("answers the newest lines of a long time in their order, from its beginning to just before its end", async () => {
    for (const [index, at] of [0, minute, 3 * minute, 300 * minute, 300 * minute + 5, 600 * minute].entries()) say("long", "Train", at, `line ${index}`);

    expect(await read(train("long"), begun, begun + 600 * minute, 3)).toEqual(["line 2", "line 3", "line 4"]);
    expect(await read(train("long"), begun, begun + 600 * minute + 1, 100)).toEqual(["line 0", "line 1", "line 2", "line 3", "line 4", "line 5"]);
    expect(await read(train("long"), begun + 1, begun + 2, 100)).toEqual([]);
  });

  it("reads what a training job's script has written, when it was written", async () => {
    let at = begun;
    const log = scriptLog(join(folder, "job-0.txt"), () => (at += 1000));
    for (const text of ["epoch 1", "", "  indented"]) log.write(text);
    await log.close();
    const job = { ...train("one"), kind: "trainingJob" as const, name: "job-0" };

    expect(await read(job, begun, begun + minute, 10)).toEqual(["epoch 1", "", "  indented"]);
    expect(await read(job, begun + 3000, begun + minute, 10)).toEqual(["  indented"]);
    expect(await read({ ...job, name: "no-such-job" }, begun, begun + minute, 10)).toEqual([]);
  });
});

describe("lines on the laptop", () => {
  it("are there after a restart, also behind a line that was cut when the platform was killed", async () => {
    await writeFile(join(folder, "logs", "cut.jsonl"), `${JSON.stringify({ group: "a", at: 1, text: "whole" })}\n{"group":"a","at":2,"te`);
    const again = open();
    again.add("cut", { group: "a", at: 3, text: "after" });

    expect((await again.read("cut")).map(({ text }) => text)).toEqual(["whole", "after"]);
  });

  it("give way, the oldest first, where an execution writes more than is kept", async () => {
    const small = open({ mostBytes: 2000 });
    for (let index = 0; index < 200; index++) small.add("chatty", { group: "a", at: index, text: `line ${index}` });

    const kept = (await small.read("chatty")).map(({ at }) => at);
    expect(kept.at(-1)).toBe(199);
    expect(kept).toEqual(Array.from(kept, (_at, index) => 200 - kept.length + index));
    expect([kept.length > 10, kept.length < 100]).toEqual([true, true]);
  });

  it("are kept of so many executions, the latest ones", async () => {
    const few = lineFiles({ folder: join(folder, "few"), mostFiles: 2, failed: (error) => troubles.push(error) });
    for (const name of ["a", "b", "c"]) {
      few.add(name, { group: "a", at: 1, text: name });
      await few.settled();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }

    expect(await Promise.all(["a", "b", "c"].map(async (name) => (await few.read(name)).length))).toEqual([0, 1, 1]);
  });
});
