import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { checkDefinition, checkMachine } from "#statemachines/check-definition.ts";
import { defineMachine } from "#statemachines/machine.ts";

const aslValidator = createRequire(import.meta.url)("asl-validator") as (definition: unknown) => {
  isValid: boolean;
  errorsText: (separator: string) => string;
};

/** A machine that uses every construct of the subset. */
const training = () => JSON.parse(readFileSync(new URL("./training.asl.json", import.meta.url), "utf8")) as { States: object };
type Changed = { [key: string]: Changed } & { push(value: unknown): void; unshift(value: unknown): void };
const problems = (change: (states: Changed) => void) => {
  const definition = training();
  change(definition.States as unknown as Changed);
  return checkDefinition(JSON.stringify(definition)).problems;
};
const set = (target: Changed | undefined, fields: Readonly<Record<string, unknown>>) => void Object.assign(target ?? {}, fields);
const remove = (target: Changed | undefined, ...fields: string[]) => {
  for (const field of fields) delete target?.[field];
};

describe("checkDefinition", () => {
  it("finds nothing wrong with a machine that uses the whole subset, and neither does asl-validator", () => {
    expect(checkDefinition(JSON.stringify(training())).problems).toEqual([]);
    expect(aslValidator(training()).errorsText("\n")).toBe("");
  });

  it.each<[string, (states: Changed) => void, string]>([
    ["a target that does not exist", (s) => set(s["Admit"], { Next: "Nowhere" }), "state Admit: leads to Nowhere, which is not a state of its level"],
    ["a state that nothing leads to", (s) => set(s, { Orphan: { Type: "Succeed" } }), "state Orphan: nothing leads to it"],
    [
      "a name that is used twice",
      (s) => set(s["Both"]?.["Branches"]?.["1"]?.["States"], { Bias: { Type: "Succeed" } }),
      "state Bias: the name is used twice in the machine",
    ],
    ["a JSONPath field", (s) => set(s["Admit"], { ResultPath: "$.x" }), 'state Admit: Unrecognized key: "ResultPath"'],
    ["a misspelt field", (s) => set(s["Admit"], { Argumets: {} }), 'state Admit: Unrecognized key: "Argumets"'],
    ["an unknown type", (s) => set(s["Done"], { Type: "Sleep" }), "state Done: Type: Invalid"],
    ["an expression that does not parse", (s) => set(s["Child"], { Output: "{% $states.input. %}" }), "state Child: Output: not JSONata"],
    [
      "a variable that nobody assigns",
      (s) => set(s["CoolDown"], { Seconds: "{% $nobody + 1 %}" }),
      "state CoolDown: Seconds: $nobody is not assigned on any way here",
    ],
    [
      "a variable that is assigned only later",
      (s) => set(s["Admit"], { TimeoutSeconds: "{% $attempt + 1 %}" }),
      "state Admit: TimeoutSeconds: $attempt is not assigned",
    ],
    [
      "a variable of a branch used outside",
      (s) => {
        set(s["Both"]?.["Branches"]?.["0"]?.["States"]?.["Bias"], { Assign: { inner: 1 } });
        set(s["IsBetter"], { Output: "{% $inner %}" });
      },
      "state IsBetter: Output: $inner is not assigned",
    ],
    [
      "an inner level that assigns a variable of an outer one",
      (s) => set(s["Both"]?.["Branches"]?.["0"]?.["States"]?.["Bias"], { Assign: { attempt: 1 } }),
      "state Bias: Assign: attempt belongs to an outer level",
    ],
    [
      "the result before there is one",
      (s) => set(s["Child"], { Arguments: { StateMachineArn: `\${Canary}`, Input: "{% $states.result %}" } }),
      "state Child: Arguments/Input: $states.result has no value here",
    ],
    [
      "the error outside a Catch",
      (s) => set(s["Child"], { Output: "{% $states.errorOutput %}" }),
      "state Child: Output: $states.errorOutput has no value here",
    ],
    ["a bare field name", (s) => set(s["Child"], { Output: "{% result.Output %}" }), "state Child: Output: field result has no value here"],
    ["$eval", (s) => set(s["Child"], { Output: "{% $eval('1') %}" }), "state Child: Output: $eval is not available"],
    [
      "a condition without braces",
      (s) => set(s["IsBetter"]?.["Choices"]?.["0"], { Condition: "$baseline < 1" }),
      "state IsBetter: Choices.0.Condition: must be a JSONata expression",
    ],
    [
      "a token task without a time limit",
      (s) => remove(s["Approve"], "TimeoutSeconds", "HeartbeatSeconds"),
      "state Approve: a task that waits for a token must set TimeoutSeconds",
    ],
    [
      "a token task that passes no token on",
      (s) => set(s["Approve"], { Arguments: { FunctionName: `\${AskForApproval}` } }),
      "state Approve: a task that waits for a token must pass",
    ],
    [
      "States.ALL before another retrier",
      (s) => s["Admit"]?.["Retry"]?.unshift({ ErrorEquals: ["States.ALL"] }),
      "state Admit: Retry[0]: States.ALL must be the last",
    ],
    [
      "States.ALL beside another name",
      (s) => set(s["Admit"]?.["Catch"]?.["0"], { ErrorEquals: ["States.ALL", "X"] }),
      "state Admit: Catch[0]: States.ALL must stand alone",
    ],
    [
      "an unknown resource",
      (s) => set(s["Child"], { Resource: "arn:aws:states:::sagemaker:createEndpoint.sync" }),
      "state Child: Resource arn:aws:states:::sagemaker:createEndpoint.sync is not among",
    ],
    [
      "a function that is not a placeholder",
      (s) => set(s["Admit"], { Arguments: { FunctionName: "admit-run" } }),
      "state Admit: Arguments.FunctionName must be one $",
    ],
    ["both Next and End", (s) => set(s["CoolDown"], { End: true }), "state CoolDown: exactly one of Next and End must be set"],
    [
      "tolerated failures of an inline Map",
      (s) => set(s["PerShard"], { ToleratedFailureCount: 1 }),
      "state PerShard: ToleratedFailureCount belongs to a distributed Map",
    ],
    ["a Wait without a time", (s) => remove(s["CoolDown"], "Seconds"), "state CoolDown: exactly one of Seconds and Timestamp must be set"],
  ])("refuses %s, naming the state", (_what, change, expected) => {
    expect(problems(change)).toEqual(expect.arrayContaining([expect.stringContaining(expected)]));
  });

  it("refuses a text that is not JSON and a machine that is not JSONata", () => {
    expect(checkDefinition("{").problems[0]).toMatch(/^the definition is not JSON/);
    expect(checkDefinition(JSON.stringify({ ...training(), QueryLanguage: "JSONPath" })).problems[0]).toMatch(/^QueryLanguage: /);
  });
});

describe("checkMachine", () => {
  const machine = defineMachine({
    name: "training",
    summary: "Trains.",
    definition: new URL("file:///nowhere"),
    input: z.unknown(),
    tasks: { AdmitRun: "admit-run", AskForApproval: "ask-for-approval" },
    machines: { Canary: "canary" },
  });
  const known = { functions: ["admit-run", "ask-for-approval"], machines: ["canary"] };

  it("accepts a machine whose placeholders, functions and machines all exist", () => {
    expect(checkMachine(machine, JSON.stringify(training()), known)).toEqual([]);
  });

  it("names placeholders that are missing or left over, and functions and machines that do not exist", () => {
    const changed = { ...machine, tasks: { AdmitRun: "admit-run", Extra: "nobody" } };

    expect(checkMachine(changed, JSON.stringify(training()), { ...known, machines: [] })).toEqual([
      "training: placeholder AskForApproval is used and not declared",
      "training: placeholder Extra is declared and not used",
      "training: placeholder Extra: no function nobody",
      "training: placeholder Canary: no machine canary",
    ]);
  });
});
