import { describe, expect, it } from "vitest";
import { memoryTable } from "#test/support/memory-table.ts";
import { aLaptop, execute, invokes, type States } from "#test/support/states.ts";
import { virtualClock } from "#test/support/virtual-clock.ts";

const waiting: States = { A: { Type: "Wait", Seconds: 100, End: true } };
const named = (name: string) => Object.assign(new Error("no"), { name });

describe("starting", () => {
  it("is idempotent by name while the execution runs with the same input, and refuses anything else", async () => {
    const { engine, clock } = aLaptop(waiting);
    const start = (n: number) => engine.start({ machine: "machine", name: "one", input: { n } });

    const first = await start(1);

    expect(await start(1)).toEqual(first);
    await expect(start(2)).rejects.toMatchObject({ type: "ExecutionAlreadyExists" });
    await clock.run();
    await expect(start(1)).rejects.toMatchObject({ type: "ExecutionAlreadyExists" });
  });

  it("refuses names that Step Functions does not take, inputs over 262,144 bytes and machines that do not exist", async () => {
    const { engine } = aLaptop(waiting);

    await expect(engine.start({ machine: "machine", name: "a b", input: {} })).rejects.toMatchObject({ type: "InvalidName" });
    await expect(engine.start({ machine: "machine", name: "x".repeat(81), input: {} })).rejects.toMatchObject({ type: "InvalidName" });
    await expect(engine.start({ machine: "machine", input: "x".repeat(262_143) })).rejects.toMatchObject({ type: "InvalidExecutionInput" });
    await expect(engine.start({ machine: "other", input: {} })).rejects.toMatchObject({ type: "StateMachineDoesNotExist" });
  });
});

describe("ending", () => {
  it("times the machine out after its TimeoutSeconds", async () => {
    const { execution, types } = await execute(waiting, {}, { timeoutSeconds: 10 });

    expect(execution).toMatchObject({ status: "TIMED_OUT", failure: { error: "States.Timeout" }, stoppedAt: execution.startedAt + 10_000 });
    expect(types.at(-1)).toBe("ExecutionTimedOut");
  });

  it("ends a loop that waits for nothing at 25,000 history events", async () => {
    const { execution, history } = await execute({ A: { Type: "Pass", Next: "B" }, B: { Type: "Pass", Next: "A" } });

    expect(execution).toMatchObject({ status: "FAILED", failure: { error: "States.Runtime" } });
    expect(history.length).toBeLessThanOrEqual(25_000);
    expect(history.map(({ id }) => id)).toEqual(Array.from(history.keys(), (index) => index + 1));
  });

  it("lists executions, the newest first", async () => {
    const { engine, clock } = aLaptop(waiting);
    for (const name of ["a", "b", "c"]) {
      const { startedAt } = await engine.start({ machine: "machine", name, input: {} });
      await clock.run(startedAt + 1_000);
    }

    const names = (await engine.list("machine", { limit: 10 })).map(({ name }) => name);

    expect(names).toEqual(["c", "b", "a"]);
  });

  it("keeps one row of events and one of the frame per move: a task costs one transaction", async () => {
    const table = memoryTable();
    const steps = Object.fromEntries(
      Array.from({ length: 10 }, (_state, index) => [`S${index}`, invokes("f", index === 9 ? { End: true } : { Next: `S${index + 1}` })]),
    );

    await execute(steps, {}, { table, functions: { f: () => 1 } });

    expect(table.writes()).toBe(1 + 1 + 1 + 10);
  });
});

describe("redriving", () => {
  it("runs only what did not succeed again, with the history going on", async () => {
    const broken = { value: true };
    const functions = {
      before: () => "b",
      item: (n: number) => {
        if (n === 2 && broken.value) throw named("Broken");
        return n;
      },
    };
    const states = {
      A: invokes("before", { Next: "M" }),
      M: { Type: "Map", Items: [1, 2, 3], MaxConcurrency: 1, ItemProcessor: { StartAt: "I", States: { I: invokes("item") } }, End: true },
    };
    const { engine, clock, key, calls, execution } = await execute(states, {}, { functions });
    expect(execution.failure?.error).toBe("Broken");
    broken.value = false;

    await engine.redrive(key);
    await clock.run();

    expect(await engine.find(key)).toMatchObject({ status: "SUCCEEDED", output: [1, 2, 3], redriveCount: 1 });
    expect(calls.map(([name, payload]) => (name === "item" ? payload : name))).toEqual(["before", 1, 2, 2, 3]);
    expect((await engine.events(key, 1)).map(({ id }) => id)).toEqual(Array.from((await engine.events(key, 1)).keys(), (index) => index + 1));
    await expect(engine.redrive(key)).rejects.toMatchObject({ type: "ExecutionNotRedrivable" });
  });
});

describe("a table that does not answer for a while", () => {
  it("holds executions up and loses none of them", async () => {
    const table = memoryTable();
    const clock = virtualClock();
    let refused = 0;
    const unsteady = {
      ...table,
      write: async (changes: Parameters<typeof table.write>[0]) => {
        if (table.writes() === 3 && refused++ < 2) throw new Error("not now");
        return await table.write(changes);
      },
    };

    const { execution } = await execute({ A: invokes("f", { Next: "B" }), B: invokes("f") }, {}, { table: unsteady, clock, functions: { f: () => 7 } });

    expect(refused).toBeGreaterThan(1);
    expect(execution).toMatchObject({ status: "SUCCEEDED", output: 7 });
  });

  it("asks those who answer a token, or stop an execution, to come back", async () => {
    const table = memoryTable();
    const steady = { value: true };
    const unsteady = {
      ...table,
      write: async (changes: Parameters<typeof table.write>[0]) => {
        if (!steady.value) throw new Error("not now");
        return await table.write(changes);
      },
    };
    const tokens: string[] = [];
    const asks = {
      Type: "Task",
      Resource: "arn:aws:states:::lambda:invoke.waitForTaskToken",
      Arguments: { FunctionName: "ask", Payload: "{% $states.context.Task.Token %}" },
      TimeoutSeconds: 900,
      End: true,
    };
    const { engine, clock } = aLaptop({ A: asks }, { table: unsteady, functions: { ask: (token: string) => void tokens.push(token) } });
    const { key, startedAt } = await engine.start({ machine: "machine", input: {} });
    await clock.run(startedAt);
    const [token = ""] = tokens;

    steady.value = false;
    await expect(engine.succeed(token, "yes")).rejects.toThrow("not now");
    await expect(engine.succeed(token, "yes")).rejects.toMatchObject({ type: "ServiceUnavailable", status: 503 });
    await expect(engine.abort(key, { error: "", cause: "" })).rejects.toMatchObject({ status: 503 });
    steady.value = true;
    await clock.run(startedAt + 2_000);
    await engine.succeed(token, "yes");

    expect(await engine.find(key)).toMatchObject({ status: "SUCCEEDED", output: "yes" });
  });
});
