import { describe, expect, it } from "vitest";
import { aLaptop, execute, invokes, type States } from "#test/support/states.ts";

const named = (name: string, message = "no") => Object.assign(new Error(message), { name });
const task = (resource: string, args: object, fields: object = { End: true }) => ({
  Type: "Task",
  Resource: `arn:aws:states:::${resource}`,
  Arguments: args,
  ...fields,
});

describe("lambda:invoke", () => {
  it("answers with the payload, and histories it as Step Functions does", async () => {
    const states = { A: task("lambda:invoke", { FunctionName: "double", Payload: { n: "{% $states.input.n %}" } }) };
    const { execution, history } = await execute(states, { n: 4 }, { functions: { double: ({ n }: { n: number }) => ({ twice: 2 * n }) } });

    expect(execution.output).toEqual({ ExecutedVersion: "$LATEST", Payload: { twice: 8 }, StatusCode: 200 });
    expect(history.map(({ id, previousEventId, type }) => [id, previousEventId, type])).toEqual([
      [1, 0, "ExecutionStarted"],
      [2, 1, "TaskStateEntered"],
      [3, 2, "TaskScheduled"],
      [4, 3, "TaskStarted"],
      [5, 4, "TaskSucceeded"],
      [6, 5, "TaskStateExited"],
      [7, 6, "ExecutionSucceeded"],
    ]);
    expect(history[2]?.details).toEqual({
      key: "taskScheduledEventDetails",
      value: { resourceType: "lambda", resource: "invoke", region: "us-east-1", parameters: '{"FunctionName":"double","Payload":{"n":4}}' },
    });
  });

  it("fails under the error's class name, with Lambda's JSON as the cause", async () => {
    const fails = () => {
      throw named("DomainError", "weight must be between 0 and 1, got 1.5");
    };
    const { execution, history } = await execute({ A: invokes("fails") }, {}, { functions: { fails } });

    expect(execution.failure?.error).toBe("DomainError");
    expect(JSON.parse(execution.failure?.cause ?? "")).toEqual({
      errorType: "DomainError",
      errorMessage: "weight must be between 0 and 1, got 1.5",
      trace: expect.arrayContaining([expect.stringContaining("weight must be")]),
    });
    expect(history.map(({ type }) => type)).toContain("TaskFailed");
  });

  it("fails as States.DataLimitExceeded where the result is over 262,144 bytes", async () => {
    const { execution } = await execute({ A: invokes("large") }, {}, { functions: { large: () => "x".repeat(262_145) } });

    expect(execution.failure?.error).toBe("States.DataLimitExceeded");
  });

  it("fails as States.Timeout when the task's time is over", async () => {
    const states = { A: invokes("never", { TimeoutSeconds: "{% $states.input.limit %}", End: true }) };
    const { execution, types } = await execute(states, { limit: 30 }, { functions: { never: () => new Promise(() => undefined) } });

    expect(execution).toMatchObject({ status: "FAILED", failure: { error: "States.Timeout" }, stoppedAt: execution.startedAt + 30_000 });
    expect(types).toContain("TaskTimedOut");
  });
});

describe("waitForTaskToken", () => {
  const asking: States = {
    A: {
      ...task("lambda:invoke.waitForTaskToken", { FunctionName: "ask", Payload: "{% $states.context.Task.Token %}" }),
      TimeoutSeconds: 1000,
      HeartbeatSeconds: 100,
    },
  };
  async function asked() {
    const tokens: string[] = [];
    const laptop = aLaptop(asking, { functions: { ask: (token: string) => void tokens.push(token) } });
    const { key, startedAt } = await laptop.engine.start({ machine: "machine", name: "one", input: {} });
    await laptop.clock.run(startedAt);
    return { ...laptop, key, startedAt, token: tokens[0] ?? "" };
  }

  it("ends with what the token's holder sends, which is refused the second time", async () => {
    const { engine, token, key } = await asked();

    await engine.succeed(token, { approved: true });

    expect(await engine.find(key)).toMatchObject({ status: "SUCCEEDED", output: { approved: true } });
    await expect(engine.succeed(token, {})).rejects.toMatchObject({ type: "TaskTimedOut" });
    expect((await engine.events(key, 1)).map(({ type }) => type)).toContain("TaskSubmitted");
  });

  it("fails with the error and cause that the holder sends", async () => {
    const { engine, token, key } = await asked();

    await engine.fail(token, { error: "Rejected", cause: "not today" });

    expect(await engine.find(key)).toMatchObject({ status: "FAILED", failure: { error: "Rejected", cause: "not today" } });
  });

  it("fails as States.HeartbeatTimeout without a sign of life, which each heartbeat puts off", async () => {
    const { engine, token, key, clock, startedAt, calls } = await asked();

    await clock.run(startedAt + 90_000);
    await engine.heartbeat(token);
    await clock.run();

    expect(await engine.find(key)).toMatchObject({ failure: { error: "States.HeartbeatTimeout" }, stoppedAt: startedAt + 190_000 });
    expect(calls).toHaveLength(1);
  });

  it("takes an answer that comes before the function has returned", async () => {
    const functions = { ask: async (token: string) => await laptop.engine.succeed(token, "early") };
    const laptop = aLaptop(asking, { functions });
    const { key } = await laptop.engine.start({ machine: "machine", name: "one", input: {} });

    await laptop.clock.run();

    expect(await laptop.engine.find(key)).toMatchObject({ status: "SUCCEEDED", output: "early" });
  });

  it("refuses a text that is no token", async () => {
    const { engine } = await asked();

    await expect(engine.succeed("nonsense", {})).rejects.toMatchObject({ type: "InvalidToken" });
  });
});

describe("events:putEvents", () => {
  it("puts events whose details may be objects", async () => {
    const entry = { Source: "capstan", DetailType: "model.registered", EventBusName: "bus", Detail: { version: "{% $states.input.v %}" } };
    const { events, execution } = await execute({ A: task("events:putEvents", { Entries: [entry] }) }, { v: 3 });

    expect(events).toEqual([{ Source: "capstan", DetailType: "model.registered", Detail: '{"version":3}', EventBusName: "bus" }]);
    expect(execution.output).toEqual({ Entries: [{ EventId: "event-1" }], FailedEntryCount: 0 });
  });
});
