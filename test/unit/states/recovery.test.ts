import { describe, expect, it } from "vitest";
import { execute, invokes, type States } from "#test/support/states.ts";

const named = (name: string, message = "no") => Object.assign(new Error(message), { name });
const task = (resource: string, args: object, fields: object = { End: true }) => ({
  Type: "Task",
  Resource: `arn:aws:states:::${resource}`,
  Arguments: args,
  ...fields,
});

describe("Retry", () => {
  const failing = (errors: readonly string[]) => {
    const left = [...errors];
    return () => {
      const name = left.shift();
      if (name !== undefined) throw named(name);
      return "done";
    };
  };
  const retrying = (retry: object[]) => ({ A: invokes("work", { Retry: retry, End: true }) });

  it.each<[string, object[], string[], number[], string]>([
    ["waits longer each time", [{ ErrorEquals: ["E"], IntervalSeconds: 2, BackoffRate: 3 }], ["E", "E", "E"], [2, 6, 18], "SUCCEEDED"],
    ["uses 1 s, rate 2 and three attempts where nothing is named", [{ ErrorEquals: ["E"] }], ["E", "E", "E", "E"], [1, 2, 4], "FAILED"],
    ["waits no longer than MaxDelaySeconds", [{ ErrorEquals: ["E"], IntervalSeconds: 10, MaxDelaySeconds: 15 }], ["E", "E"], [10, 15], "SUCCEEDED"],
    ["spreads delays with full jitter", [{ ErrorEquals: ["E"], IntervalSeconds: 8, JitterStrategy: "FULL" }], ["E"], [4], "SUCCEEDED"],
    ["does not retry with MaxAttempts 0", [{ ErrorEquals: ["E"], MaxAttempts: 0 }], ["E"], [], "FAILED"],
    ["does not retry an error that no retrier names", [{ ErrorEquals: ["F"] }], ["E"], [], "FAILED"],
    [
      "counts each retrier by itself",
      [
        { ErrorEquals: ["E"], MaxAttempts: 1 },
        { ErrorEquals: ["F"], MaxAttempts: 1, IntervalSeconds: 7 },
      ],
      ["E", "F"],
      [1, 7],
      "SUCCEEDED",
    ],
    ["lets the first retrier that matches decide", [{ ErrorEquals: ["E"], MaxAttempts: 0 }, { ErrorEquals: ["States.ALL"] }], ["E"], [], "FAILED"],
    ["matches errors of tasks by States.TaskFailed", [{ ErrorEquals: ["States.TaskFailed"] }], ["E"], [1], "SUCCEEDED"],
  ])("%s", async (_what, retry, errors, delays, status) => {
    const { execution, clock } = await execute(retrying(retry), {}, { functions: { work: failing(errors) } });

    expect(clock.delays.map((delay) => delay / 1000)).toEqual(delays);
    expect(execution.status).toBe(status);
  });

  it("tells the state how often it was retried, and enters it in the history once", async () => {
    const states = {
      A: { ...task("lambda:invoke", { FunctionName: "work", Payload: "{% $states.context.State.RetryCount %}" }), Retry: [{ ErrorEquals: ["States.ALL"] }] },
    };
    const { calls, types } = await execute(states, {}, { functions: { work: failing(["E", "F"]) } });

    expect(calls.map(([, payload]) => payload)).toEqual([0, 1, 2]);
    expect(types.filter((type) => type === "TaskStateEntered")).toHaveLength(1);
    expect(types.filter((type) => type === "TaskScheduled")).toHaveLength(3);
  });
});

describe("Catch", () => {
  const after = { B: { Type: "Pass", Output: ["{% $states.input %}", "{% $exists($seen) ? $seen : 'unset' %}"], End: true } };
  const catching = (catchers: object[]): States => ({ A: invokes("work", { Catch: catchers, Assign: { seen: "by the state" }, Next: "B" }), ...after });
  const fails = (name: string) => ({
    functions: {
      work: () => {
        throw named(name, "m");
      },
    },
  });

  it("goes its way with the error as output where it names no Output", async () => {
    const { execution } = await execute(catching([{ ErrorEquals: ["E"], Next: "B" }]), {}, fails("E"));

    expect(execution.output).toEqual([{ Error: "E", Cause: expect.stringContaining('"errorMessage":"m"') }, "unset"]);
  });

  it("has its own Assign and Output, which see the error and the state's input", async () => {
    const catcher = { ErrorEquals: ["States.ALL"], Assign: { seen: "{% $states.errorOutput.Error %}" }, Output: "{% $states.input %}", Next: "B" };
    const { execution } = await execute(catching([{ ErrorEquals: ["F"], Next: "B" }, catcher]), { x: 1 }, fails("E"));

    expect(execution.output).toEqual([{ x: 1 }, "E"]);
  });

  it("is asked only after the retries are used up", async () => {
    const states = catching([{ ErrorEquals: ["E"], Next: "B", Output: "caught" }]);
    const { execution, calls } = await execute({ ...states, A: { ...states["A"], Retry: [{ ErrorEquals: ["E"], MaxAttempts: 2 }] } }, {}, fails("E"));

    expect(calls).toHaveLength(3);
    expect(execution.output).toEqual(["caught", "unset"]);
  });

  it("catches expressions that fail, but not those of its own", async () => {
    const states = (catcher: object) => ({
      A: { ...task("lambda:invoke", { FunctionName: "{% $states.input.no %}" }), Catch: [catcher] },
      ...after,
      C: { Type: "Succeed" },
    });

    expect((await execute(states({ ErrorEquals: ["States.QueryEvaluationError"], Next: "C" }))).execution.status).toBe("SUCCEEDED");
    expect((await execute(states({ ErrorEquals: ["States.ALL"], Output: "{% $states.input.no %}", Next: "C" }))).execution.failure?.error).toBe(
      "States.QueryEvaluationError",
    );
  });

  it.each([
    ["States.Timeout", "States.TaskFailed", false],
    ["States.Timeout", "States.ALL", true],
    ["States.HeartbeatTimeout", "States.Timeout", true],
    ["States.DataLimitExceeded", "States.ALL", false],
    ["E", "States.TaskFailed", true],
  ])("an error %s is caught by %s: %s", async (error, by, isCaught) => {
    const { execution } = await execute(catching([{ ErrorEquals: [by], Next: "B" }]), {}, fails(error));

    expect(execution.status).toBe(isCaught ? "SUCCEEDED" : "FAILED");
  });
});
