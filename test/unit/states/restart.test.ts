import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { memoryTable } from "#test/support/memory-table.ts";
import { aLaptop, invokes, type States } from "#test/support/states.ts";
import { virtualClock } from "#test/support/virtual-clock.ts";

/** Every kind of state that waits for something, nested, with an error that is caught and one that is retried. */
const states: States = {
  Prepare: invokes("double", { Assign: { seed: "{% $states.result.Payload.n %}" }, Next: "Pause" }),
  Pause: { Type: "Wait", Seconds: 30, Next: "Each" },
  Each: {
    Type: "Map",
    Items: "{% [1..4] %}",
    ItemSelector: { n: "{% $states.context.Map.Item.Value + $seed %}" },
    MaxConcurrency: 2,
    ItemProcessor: {
      StartAt: "Work",
      States: { Work: invokes("double", { Next: "Rest" }), Rest: { Type: "Wait", Seconds: "{% $states.input.n %}", Next: "Again" }, Again: invokes("double") },
    },
    Next: "Both",
  },
  Both: {
    Type: "Parallel",
    Branches: [
      {
        StartAt: "Child",
        States: {
          Child: {
            Type: "Task",
            Resource: "arn:aws:states:::states:startExecution.sync:2",
            Arguments: { StateMachineArn: "arn:aws:states:us-east-1:000000000000:stateMachine:child", Input: { n: 5 } },
            Output: "{% $states.result.Output.n %}",
            End: true,
          },
        },
      },
      {
        StartAt: "Fails",
        States: {
          Fails: invokes("fail", {
            Retry: [{ ErrorEquals: ["Broken"], MaxAttempts: 2 }],
            Catch: [{ ErrorEquals: ["Broken"], Output: "caught", Next: "Caught" }],
            End: true,
          }),
          Caught: { Type: "Pass", End: true },
        },
      },
    ],
    Assign: { both: "{% $states.result %}" },
    Output: "{% $states.input.n %}",
    Next: "Ask",
  },
  Ask: {
    Type: "Task",
    Resource: "arn:aws:states:::lambda:invoke.waitForTaskToken",
    Arguments: { FunctionName: "ask", Payload: "{% $states.context.Task.Token %}" },
    TimeoutSeconds: 900,
    HeartbeatSeconds: 600,
    Next: "Report",
  },
  Report: {
    Type: "Pass",
    Output: { both: "{% $both %}", numbers: "{% $states.context.Execution.Input.n %}", answer: "{% $states.input %}", seed: "{% $seed %}" },
    End: true,
  },
};
const others = { child: { W: { Type: "Wait", Seconds: 20, Next: "C" }, C: invokes("double") } };

/** Lives one life after another over the same table, each ending after so many writes, the last of them as long as it takes. */
async function live(deaths: readonly number[]) {
  const table = memoryTable();
  /** Outside the process: whoever was asked keeps the tokens and answers until an answer is taken. */
  const tokens: string[] = [];
  let time = Date.UTC(2026, 0, 1);
  for (const writes of [...deaths, Number.POSITIVE_INFINITY]) {
    const clock = virtualClock(time);
    const answer = (token: string) => clock.at(clock.now() + 5_000, () => void laptop.engine.succeed(token, "yes").catch(() => undefined));
    const functions = {
      double: ({ n }: { n: number }) => ({ n: n * 2 }),
      fail: () => {
        throw Object.assign(new Error("no"), { name: "Broken" });
      },
      ask: (token: string) => {
        tokens.push(token);
        answer(token);
      },
    };
    const laptop = aLaptop(states, { table: table.until(writes, () => clock.stop()), clock, functions, others });
    for (const token of tokens) answer(token);
    await laptop.engine
      .resume()
      .then(() => laptop.engine.start({ machine: "machine", name: "one", input: { n: 3 } }))
      .catch(() => undefined);
    await clock.run();
    time = clock.now();
    await laptop.engine.stop();
  }
  const { engine } = aLaptop(states, { table, others });
  const history = await engine.events("machine:one", 1);
  return { execution: await engine.find("machine:one"), ids: history.map(({ id }) => id), writes: table.writes() };
}

describe("a process that is killed", () => {
  it("goes on with every execution after a restart and comes to the same result, wherever it died", async () => {
    const undisturbed = await live([]);
    expect(undisturbed.execution).toMatchObject({ status: "SUCCEEDED", output: { both: [10, "caught"], numbers: 3, answer: "yes", seed: 6 } });

    for (let writes = 0; writes < undisturbed.writes; writes++) {
      const { execution, ids } = await live([writes]);

      expect({ writes, status: execution.status, output: execution.output }).toEqual({ writes, status: "SUCCEEDED", output: undisturbed.execution.output });
      expect(ids).toEqual(Array.from(ids.keys(), (index) => index + 1));
    }
  });

  it("may die again and again", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 2, maxLength: 8 }), async (deaths) => {
        const { execution } = await live(deaths);
        expect(execution).toMatchObject({ status: "SUCCEEDED", output: { both: [10, "caught"], numbers: 3, answer: "yes", seed: 6 } });
      }),
      { numRuns: 30 },
    );
  });

  it("begins a task's time anew after a restart, and gives heartbeats a full interval", async () => {
    const table = memoryTable();
    const limited: States = {
      Slow: invokes("slow", { TimeoutSeconds: 60, Next: "Ask" }),
      Ask: {
        Type: "Task",
        Resource: "arn:aws:states:::lambda:invoke.waitForTaskToken",
        Arguments: { FunctionName: "ask", Payload: "{% $states.context.Task.Token %}" },
        HeartbeatSeconds: 60,
        End: true,
      },
    };
    const hour = 3_600_000;
    const tokens: string[] = [];
    const functions = (slow: () => unknown) => ({ slow, ask: (token: string) => void tokens.push(token) });
    const first = aLaptop(limited, { table, functions: functions(() => new Promise(() => undefined)) });
    const { key, startedAt } = await first.engine.start({ machine: "machine", input: {} });
    await first.clock.run(startedAt + 1_000);
    await first.engine.stop();

    const second = aLaptop(limited, { table, clock: virtualClock(startedAt + hour), functions: functions(() => "done") });
    await second.engine.resume();
    await second.clock.run(startedAt + hour + 1_000);
    await second.engine.stop();
    const third = aLaptop(limited, { table, clock: virtualClock(startedAt + 2 * hour), functions: functions(() => "done") });
    await third.engine.resume();
    await third.clock.run(startedAt + 2 * hour + 59_000);
    await third.engine.succeed(tokens[0] ?? "", "yes");

    expect(await third.engine.find(key)).toMatchObject({ status: "SUCCEEDED", output: "yes" });
    expect(tokens).toHaveLength(1);
  });
});
