import { setTimeout as sleep } from "node:timers/promises";
import { PutEventsCommand } from "@aws-sdk/client-eventbridge";
import {
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  StartExecutionCommand,
  StateMachineDoesNotExist,
  StopExecutionCommand,
  TaskTimedOut,
} from "@aws-sdk/client-sfn";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { executionEngine, tokenAnswers } from "#gateways/stepfunctions/execution-engine.ts";
import { defineMachine } from "#statemachines/machine.ts";
import { startLocalStates } from "#test/support/local-states.ts";
import { type LocalTables, startLocalTables } from "#test/support/local-tables.ts";

const approval = defineMachine({
  name: "approval",
  summary: "Asks somebody.",
  definition: new URL("./approval.asl.json", import.meta.url),
  input: z.unknown(),
  tasks: { Prepare: "prepare", Ask: "ask" },
  settings: ["EventBusName"],
});
const stateMachineArn = "arn:aws:states:us-east-1:000000000000:stateMachine:approval";
const executionArn = (name: string) => `arn:aws:states:us-east-1:000000000000:execution:approval:${name}`;
const tokens = new Map<string, string>();
const heard: { "detail-type": string; detail: { name?: string; status?: string } }[] = [];
const functions = {
  prepare: ({ weight }: { weight: number }) => {
    if (weight > 1) throw Object.assign(new Error(`weight must be between 0 and 1, got ${weight}`), { name: "DomainError" });
    return { weight };
  },
  ask: ({ name, token }: { name: string; token: string }) => void tokens.set(name, token),
  listen: (event: (typeof heard)[number]) => void heard.push(event),
};
const on = [
  { source: "capstan", detailType: "approved" },
  { source: "aws.states", detailType: "Step Functions Execution Status Change" },
];
const until = async <T>(ask: () => T | undefined | Promise<T | undefined>): Promise<T> => {
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await sleep(5);
  }
};

let tables: LocalTables;
let local: Awaited<ReturnType<typeof startLocalStates>>;
beforeAll(async () => {
  tables = await startLocalTables();
  local = await startLocalStates(tables, [approval], functions, on);
});
afterAll(async () => {
  await local.stop();
  await tables.stop();
});
const start = (name: string, input: object) => local.sfn.send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }));
const ended = (name: string) =>
  until(async () => {
    const execution = await local.sfn.send(new DescribeExecutionCommand({ executionArn: executionArn(name) }));
    return execution.status === "RUNNING" ? undefined : execution;
  });

describe("the SDK's Step Functions client", () => {
  it("runs an execution through a token to its end, survives a restart on the way, and reads its history", async () => {
    await start("one", { weight: 0.5 });
    const token = await until(() => tokens.get("one"));
    await local.stop();
    local = await startLocalStates(tables, [approval], functions, on);

    await local.sfn.send(new SendTaskSuccessCommand({ taskToken: token, output: '{"by":"ada"}' }));
    const execution = await ended("one");
    const { events = [] } = await local.sfn.send(new GetExecutionHistoryCommand({ executionArn: executionArn("one") }));

    expect(execution).toMatchObject({ status: "SUCCEEDED", output: '{"prepared":{"weight":0.5}}', input: '{"weight":0.5}', stopDate: expect.any(Date) });
    expect(events.map(({ id }) => id)).toEqual(Array.from(events.keys(), (index) => index + 1));
    expect(events.find(({ type }) => type === "TaskSucceeded")?.taskSucceededEventDetails).toMatchObject({ resourceType: "lambda", resource: "invoke" });
    await expect(local.sfn.send(new SendTaskSuccessCommand({ taskToken: token, output: "{}" }))).rejects.toBeInstanceOf(TaskTimedOut);
    expect(await until(() => heard.find((event) => event["detail-type"] === "approved"))).toMatchObject({ detail: { by: "ada", prepared: { weight: 0.5 } } });
    expect(await until(() => heard.find(({ detail }) => detail.name === "one"))).toMatchObject({ detail: { status: "SUCCEEDED" } });
  });

  it("sees the cause that a Catch took from the function's error", async () => {
    await start("refused", { weight: 7 });

    expect(await ended("refused")).toMatchObject({ status: "FAILED", error: "Refused", cause: "weight must be between 0 and 1, got 7" });
  });

  it("gets the service's own exceptions", async () => {
    await start("twice", { weight: 0.1 });

    await expect(start("twice", { weight: 0.2 })).rejects.toBeInstanceOf(ExecutionAlreadyExists);
    await expect(local.sfn.send(new DescribeExecutionCommand({ executionArn: executionArn("nobody") }))).rejects.toBeInstanceOf(ExecutionDoesNotExist);
    await expect(local.sfn.send(new StartExecutionCommand({ stateMachineArn: `${stateMachineArn}s` }))).rejects.toBeInstanceOf(StateMachineDoesNotExist);
  });

  it("lists machines and executions, page by page, and stops one", async () => {
    await start("stopped", { weight: 0.3 });
    await local.sfn.send(new StopExecutionCommand({ executionArn: executionArn("stopped"), error: "Enough", cause: "by hand" }));

    const { stateMachines } = await local.sfn.send(new ListStateMachinesCommand({}));
    const { definition } = await local.sfn.send(new DescribeStateMachineCommand({ stateMachineArn }));
    const first = await local.sfn.send(new ListExecutionsCommand({ stateMachineArn, maxResults: 3 }));
    const second = await local.sfn.send(new ListExecutionsCommand({ stateMachineArn, maxResults: 3, nextToken: first.nextToken }));
    const aborted = await local.sfn.send(new ListExecutionsCommand({ stateMachineArn, statusFilter: "ABORTED" }));

    expect(stateMachines?.map(({ name }) => name)).toEqual(["approval"]);
    expect(definition).toContain('"FunctionName": "prepare"');
    expect([...(first.executions ?? []), ...(second.executions ?? [])].map(({ name }) => name)).toEqual(["stopped", "twice", "refused", "one"]);
    expect(aborted.executions?.map(({ name }) => name)).toEqual(["stopped"]);
    expect(await ended("stopped")).toMatchObject({ status: "ABORTED", error: "Enough", cause: "by hand" });
  });

  it("pages through a history in both directions", async () => {
    const read = async (reverseOrder: boolean) => {
      const ids: (number | undefined)[] = [];
      let nextToken: string | undefined;
      do {
        const page = await local.sfn.send(new GetExecutionHistoryCommand({ executionArn: executionArn("one"), maxResults: 4, reverseOrder, nextToken }));
        expect(page.events?.length).toBeLessThanOrEqual(4);
        ids.push(...(page.events ?? []).map(({ id }) => id));
        nextToken = page.nextToken;
      } while (nextToken !== undefined);
      return ids;
    };

    const forwards = await read(false);

    expect(forwards.length).toBeGreaterThan(8);
    expect(await read(true)).toEqual(forwards.toReversed());
  });
});

describe("the gateway", () => {
  it("starts an execution once, and tells of a name that was used", async () => {
    const engine = executionEngine(local.sfn, stateMachineArn);

    const first = await engine.start("gate", { weight: 0.9 });
    const again = await engine.start("gate", { weight: 0.9 });
    const other = await engine.start("gate", { weight: 0.8 });

    expect([first, again, other]).toEqual([true, true, false]);
  });

  it("answers a waiting task, and takes no offence when nobody waits any more", async () => {
    const token = await until(() => tokens.get("gate"));

    await local.sfn.send(new SendTaskHeartbeatCommand({ taskToken: token }));
    await local.sfn.send(new SendTaskFailureCommand({ taskToken: token, error: "Rejected", cause: "no" }));
    await tokenAnswers(local.sfn).succeed(token, {});

    expect(await ended("gate")).toMatchObject({ status: "FAILED", input: '{"weight":0.9}', error: "Rejected", cause: "no" });
  });

  it("stops one that runs, reads the steps of one that ended, and none of one that was never there", async () => {
    const engine = executionEngine(local.sfn, stateMachineArn);
    await engine.start("halted", { weight: 0.9 });

    await engine.stop("halted", "by hand");
    await engine.stop("nobody", "by hand");

    expect(await ended("halted")).toMatchObject({ status: "ABORTED", error: "Stopped", cause: "by hand" });
    expect((await engine.steps("gate")).length).toBeGreaterThan(0);
    expect(await engine.steps("nobody")).toEqual([]);
  });
});

describe("EventBridge and Scheduler", () => {
  it("takes events from the SDK's client", async () => {
    const entry = { Source: "capstan", DetailType: "approved", Detail: '{"name":"by hand"}', EventBusName: "capstan", Time: new Date() };

    const { FailedEntryCount } = await local.eventBridge.send(new PutEventsCommand({ Entries: [entry] }));

    expect(FailedEntryCount).toBe(0);
    expect(await until(() => heard.find(({ detail }) => detail.name === "by hand"))).toBeDefined();
  });

  it("keeps the schedules that users make, under EventBridge Scheduler's wire", async () => {
    const at = (method: string, path: string, body?: object) =>
      fetch(`${local.endpoint}${path}`, { method, ...(body && { body: JSON.stringify(body), headers: { "content-type": "application/json" } }) });
    const schedule = {
      GroupName: "capstan",
      ScheduleExpression: "rate(1 hour)",
      FlexibleTimeWindow: { Mode: "OFF" },
      Target: { Arn: stateMachineArn, RoleArn: "arn:aws:iam::000000000000:role/x", Input: '{"weight":0.2}' },
    };

    expect((await at("POST", "/schedules/nightly", schedule)).status).toBe(200);
    const twice = await at("POST", "/schedules/nightly", schedule);
    expect([twice.status, twice.headers.get("x-amzn-errortype")]).toEqual([409, "ConflictException"]);
    expect((await at("PUT", "/schedules/nightly", { ...schedule, ScheduleExpression: "rate(1 hours)" })).status).toBe(400);
    expect(await (await at("GET", "/schedules/nightly?groupName=capstan")).json()).toMatchObject({
      Name: "nightly",
      State: "ENABLED",
      ScheduleExpression: "rate(1 hour)",
    });
    expect(await (await at("GET", "/schedules?ScheduleGroup=capstan")).json()).toMatchObject({
      Schedules: [{ Name: "nightly", Target: { Arn: stateMachineArn } }],
    });
    expect((await at("DELETE", "/schedules/nightly?groupName=capstan")).status).toBe(200);
    expect((await at("GET", "/schedules/nightly?groupName=capstan")).status).toBe(404);
  });

  it("answers to names of this machine only", async () => {
    const { request } = await import("node:http");
    const status = await new Promise<number | undefined>((resolve, reject) => {
      request(`${local.endpoint}/schedules`, { headers: { host: "evil.example" } }, (response) => resolve(response.resume().statusCode))
        .on("error", reject)
        .end();
    });

    expect(status).toBe(403);
  });

  it("answers to no page of a browser", async () => {
    expect((await fetch(`${local.endpoint}/schedules`, { headers: { origin: "https://evil.example" } })).status).toBe(403);
  });
});
