import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { StopExecutionCommand } from "@aws-sdk/client-sfn";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { driftDetected } from "#contracts/events/drift.ts";
import { datasetsContract } from "#contracts/platform/datasets.ts";
import { pipelineContract } from "#contracts/platform/pipelines.ts";
import { eventBridge, sfn } from "#gateways/clients.ts";
import { eventBusName, machineArn } from "#infra/local/environment.ts";
import { type Platform, startPlatform } from "#infra/local/platform.ts";
import { testPort } from "#test/support/platform.ts";
import { client, until } from "../../../scripts/demo/client.ts";

let folder: string;
let platform: Platform;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "capstan-events-"));
  platform = await startPlatform({ port: await testPort(), host: "127.0.0.1", data: join(folder, "data"), auth: false });
  // Calls are as AWS's own tools make them: past the API, at the service.
  await client(platform.url).call(datasetsContract, "putContent", { dataset: "lines", fileName: "lines.csv" }, "x,y\n1,a\n2,b\n3,a\n4,b\n");
});
afterAll(async () => {
  await platform.stop();
  await rm(folder, { recursive: true, force: true });
});

const request = {
  pipeline: "lines",
  dataset: { name: "lines", sourceUri: "s3://capstan-data/uploads/lines/lines.csv" },
  target: "y",
  problem: "classification",
  experiment: "lines",
  registeredModel: "lines",
  endpoint: "lines",
} as const;
const read = (name: string) => client(platform.url).call(pipelineContract, "getExecution", { name });

describe("what other services tell", () => {
  it("finishes an execution that somebody aborted in the console", async () => {
    await client(platform.url).call(pipelineContract, "startExecution", { name: "aborted", request });
    const executionArn = `${machineArn("training").replace(":stateMachine:", ":execution:")}:aborted`;
    await until("a step", 30, async () => (await read("aborted")).steps.find(({ name }) => name === "Ingest"));

    await sfn().send(new StopExecutionCommand({ executionArn, error: "ByHand", cause: "wrong bucket" }));

    const { execution } = await until("the end", 30, async () => {
      const found = await read("aborted");
      return found.execution.status === "running" ? undefined : found;
    });
    expect(execution).toMatchObject({ status: "stopped", outcome: "ByHand: wrong bucket" });
  });

  it("retrains where a drift alarm asks for it, once for an event that comes twice", async () => {
    const detail = driftDetected.detail.parse({
      monitor: "watch",
      endpoint: "lines",
      variant: null,
      episode: "20270115T080000000Z",
      reportId: "r",
      reportUri: "s3://capstan-data/r",
      score: 2,
      severity: "alert",
      columns: ["x"],
      retrain: { pipeline: "lines" },
    });
    const entry = { EventBusName: eventBusName, Source: "capstan", DetailType: driftDetected.detailType, Detail: JSON.stringify(detail) };

    await eventBridge().send(new PutEventsCommand({ Entries: [entry, entry] }));

    const name = "lines-drift-20270115T080000000Z";
    const { execution } = await until("retraining", 30, () => read(name).catch(() => undefined));
    const { executions } = await client(platform.url).call(pipelineContract, "listExecutions", { pipeline: "lines" });
    expect(execution).toMatchObject({ trigger: "drift", startedBy: "monitor:watch", reason: "drift (alert) in x" });
    expect(executions.map((one) => one.name)).toEqual([name, "aborted"]);
  });
});
