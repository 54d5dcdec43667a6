import { describe, expect, it } from "vitest";
import { execute, invokes } from "#test/support/states.ts";
import { virtualClock } from "#test/support/virtual-clock.ts";

const pass = (output: unknown, fields: object = { End: true }) => ({ Type: "Pass", Output: output, ...fields });

describe("Pass, Succeed and Fail", () => {
  it("passes the input on where no Output is named", async () => {
    const { execution, types } = await execute({ A: { Type: "Pass", Next: "B" }, B: { Type: "Succeed" } }, { x: 1 });

    expect(execution).toMatchObject({ status: "SUCCEEDED", output: { x: 1 } });
    expect(types).toEqual(["ExecutionStarted", "PassStateEntered", "PassStateExited", "SucceedStateEntered", "SucceedStateExited", "ExecutionSucceeded"]);
  });

  it("evaluates expressions wherever they stand in an Output", async () => {
    const { execution } = await execute({ A: pass({ sum: "{% $states.input.a + 1 %}", list: ["{% $states.context.Execution.Name %}", "text"] }) }, { a: 2 });

    expect(execution.output).toEqual({ sum: 3, list: ["one", "text"] });
  });

  it("fails with an error and a cause that may be computed", async () => {
    const { execution, history } = await execute(
      { A: { Type: "Fail", Error: "Rejected", Cause: "{% 'score ' & $string($states.input.score) %}" } },
      { score: 0.4 },
    );

    expect(execution).toMatchObject({ status: "FAILED", failure: { error: "Rejected", cause: "score 0.4" } });
    expect(history.at(-1)).toMatchObject({ type: "ExecutionFailed", details: { value: { error: "Rejected", cause: "score 0.4" } } });
  });

  it("fails as States.QueryEvaluationError where an expression has no value, naming the field", async () => {
    const { execution, types } = await execute({ A: pass("{% $states.input.nothing %}") });

    expect(execution.failure).toEqual({
      error: "States.QueryEvaluationError",
      cause: "The JSONata expression '$states.input.nothing' specified for the field 'Output' returned nothing (undefined).",
    });
    expect(types).toContain("EvaluationFailed");
  });

  it("fails as States.DataLimitExceeded where an output is over 262,144 bytes, which States.ALL does not catch", async () => {
    const large = {
      Type: "Parallel",
      Branches: [{ StartAt: "B", States: { B: pass("{% $join($map([1..30000], function($n) { '123456789' })) %}") } }],
      End: true,
    };
    const { execution } = await execute({ A: { ...large, Catch: [{ ErrorEquals: ["States.ALL"], Next: "C" }] }, C: { Type: "Succeed" } });

    expect(execution).toMatchObject({ status: "FAILED", failure: { error: "States.DataLimitExceeded" } });
  });
});

describe("Choice", () => {
  const choice = {
    A: {
      Type: "Choice",
      Choices: [
        { Condition: "{% $states.input.n > 10 %}", Next: "Big", Assign: { size: "big" }, Output: "{% $states.input.n %}" },
        { Condition: "{% $states.input.n > 5 %}", Next: "Big", Assign: { size: "middle" } },
      ],
      Assign: { size: "small" },
      Default: "Big",
    },
    Big: pass({ size: "{% $size %}", input: "{% $states.input %}" }),
  };

  it.each([
    [11, { size: "big", input: 11 }],
    [6, { size: "middle", input: { n: 6 } }],
    [1, { size: "small", input: { n: 1 } }],
  ])("takes the first rule that holds, with its own Assign and Output: %d", async (n, output) => {
    expect((await execute(choice, { n })).execution.output).toEqual(output);
  });

  it("fails as States.NoChoiceMatched without a Default, and as a query error where a condition is not boolean", async () => {
    const only = (condition: string) => ({ A: { Type: "Choice", Choices: [{ Condition: condition, Next: "B" }] }, B: { Type: "Succeed" } });

    expect((await execute(only("{% false %}"))).execution.failure?.error).toBe("States.NoChoiceMatched");
    expect((await execute(only("{% 1 %}"))).execution.failure?.error).toBe("States.QueryEvaluationError");
  });
});

describe("Wait", () => {
  it("waits for seconds that may be computed", async () => {
    const { execution } = await execute({ A: { Type: "Wait", Seconds: "{% $states.input.s * 2 %}", End: true } }, { s: 30 });

    expect((execution.stoppedAt ?? 0) - execution.startedAt).toBe(60_000);
  });

  it("waits until a time that may be computed, and not at all for one in the past", async () => {
    const until = (time: string) => execute({ A: { Type: "Wait", Timestamp: "{% $states.input %}", End: true } }, time);

    expect((await until("2026-01-02T00:00:00Z")).execution.stoppedAt).toBe(Date.UTC(2026, 0, 2));
    expect((await until("2020-01-01T00:00:00Z")).execution.status).toBe("SUCCEEDED");
    expect((await until("tomorrow")).execution.failure?.error).toBe("States.QueryEvaluationError");
  });
});

describe("variables", () => {
  it("are set after the state: its Assign and Output see the old values", async () => {
    const { execution } = await execute({
      A: { Type: "Pass", Assign: { x: 1 }, Next: "B" },
      B: { Type: "Pass", Assign: { x: "{% $x + 1 %}", y: "{% $x %}" }, Output: "{% $x %}", Next: "C" },
      C: pass(["{% $states.input %}", "{% $x %}", "{% $y %}"]),
    });

    expect(execution.output).toEqual([1, 2, 1]);
  });

  it("of outer levels are read inside, and those of inner levels are gone outside", async () => {
    const { execution } = await execute({
      A: { Type: "Pass", Assign: { x: 1 }, Next: "B" },
      B: {
        Type: "Parallel",
        Branches: [{ StartAt: "In", States: { In: { Type: "Pass", Assign: { inner: "{% $x + 1 %}" }, Next: "In2" }, In2: pass("{% $inner + $x %}") } }],
        Next: "C",
      },
      C: pass({ branch: "{% $states.input[0] %}", seen: "{% $exists($inner) %}" }),
    });

    expect(execution.output).toEqual({ branch: 3, seen: false });
  });
});

describe("Parallel", () => {
  const branch = (name: string, state: object) => ({ StartAt: name, States: { [name]: state } });

  it("gives every branch the same arguments and joins their outputs in order", async () => {
    const { execution, types } = await execute({
      A: {
        Type: "Parallel",
        Arguments: { n: 1 },
        Branches: [branch("B", { Type: "Wait", Seconds: 5, End: true }), branch("C", pass("{% $states.input.n + 1 %}"))],
        End: true,
      },
    });

    expect(execution.output).toEqual([{ n: 1 }, 2]);
    expect(types.filter((type) => type.startsWith("Parallel"))).toEqual([
      "ParallelStateEntered",
      "ParallelStateStarted",
      "ParallelStateSucceeded",
      "ParallelStateExited",
    ]);
  });

  it("fails with the branch's error, and lets go of the other branches", async () => {
    const { execution, clock } = await execute({
      A: {
        Type: "Parallel",
        Branches: [branch("B", { Type: "Wait", Seconds: 500, End: true }), branch("C", { Type: "Fail", Error: "Broken", Cause: "c" })],
        Catch: [{ ErrorEquals: ["Broken"], Output: "{% $states.errorOutput %}", Next: "D" }],
        End: true,
      },
      D: { Type: "Succeed" },
    });

    expect(execution).toMatchObject({ status: "SUCCEEDED", output: { Error: "Broken", Cause: "c" } });
    expect(clock.now() - execution.startedAt).toBe(0);
  });
});

describe("Map", () => {
  const map = (fields: object, inner: object) => ({ Type: "Map", ItemProcessor: { StartAt: "In", States: { In: inner } }, End: true, ...fields });

  it("runs its processor for every item and keeps their order", async () => {
    const { execution, types } = await execute(
      {
        A: map(
          { Items: "{% $states.input.list %}", ItemSelector: { i: "{% $states.context.Map.Item.Index %}", v: "{% $states.context.Map.Item.Value %}" } },
          pass("{% $states.input.v * 10 + $states.input.i %}"),
        ),
      },
      { list: [3, 2, 1] },
    );

    expect(execution.output).toEqual([30, 21, 12]);
    expect(types.filter((type) => type.startsWith("MapIteration")).toSorted()).toEqual([
      ...Array.from({ length: 3 }, () => "MapIterationStarted"),
      ...Array.from({ length: 3 }, () => "MapIterationSucceeded"),
    ]);
  });

  it("runs no more at once than MaxConcurrency, and 40 at most", async () => {
    const most = async (fields: object, count: number) => {
      const clock = virtualClock();
      let running = 0;
      let peak = 0;
      const work = async () => {
        peak = Math.max(peak, ++running);
        await new Promise<void>((resolve) => clock.at(clock.now() + 1000, resolve));
        running -= 1;
      };
      await execute({ A: map({ Items: `{% [1..${count}] %}`, ...fields }, invokes("work")) }, {}, { functions: { work }, clock });
      return peak;
    };

    expect(await most({ MaxConcurrency: 2 }, 7)).toBe(2);
    expect(await most({}, 60)).toBe(40);
  });

  it("of nothing ends with nothing, and of no list fails", async () => {
    expect((await execute({ A: map({ Items: [] }, pass(1)) })).execution.output).toEqual([]);
    expect((await execute({ A: map({ Items: "{% 1 %}" }, pass(1)) })).execution.failure?.error).toBe("States.QueryEvaluationError");
  });

  it("retries and catches inside an iteration", async () => {
    let attempts = 0;
    const flaky = (n: number) => {
      if (n === 2 && ++attempts < 3) throw Object.assign(new Error("later"), { name: "DependencyError" });
      return n;
    };
    const inner = invokes("flaky", { End: true, Retry: [{ ErrorEquals: ["DependencyError"], MaxAttempts: 5 }] });

    const { execution } = await execute({ A: map({ Items: [1, 2, 3] }, inner) }, {}, { functions: { flaky } });

    expect(execution.output).toEqual([1, 2, 3]);
    expect(attempts).toBe(3);
  });

  it("tolerates as many failures as it may when distributed, and fails beyond", async () => {
    const inner = { Type: "Choice", Choices: [{ Condition: "{% $states.input > 1 %}", Next: "Bad" }], Default: "Good" };
    const states = (tolerated: object) => ({
      A: {
        Type: "Map",
        Items: [1, 2, 3],
        ...tolerated,
        ItemProcessor: {
          ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
          StartAt: "In",
          States: { In: inner, Bad: { Type: "Fail", Error: "Bad" }, Good: { Type: "Succeed" } },
        },
        End: true,
      },
    });

    expect((await execute(states({ ToleratedFailureCount: 2 }))).execution.output).toEqual([1]);
    expect((await execute(states({ ToleratedFailurePercentage: 50 }))).execution.failure?.error).toBe("States.ExceedToleratedFailureThreshold");
  });
});
