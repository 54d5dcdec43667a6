import { beforeAll, describe, expect, it } from "vitest";
import { functions, machines } from "#infra/inventory.ts";
import { loadMachines } from "#infra/local/states/load-machine.ts";
import { placeholdersOf } from "#statemachines/machine.ts";
import { someEvents } from "#test/support/events.ts";
import { resourcesOf, templatesOf } from "./synthesis.ts";

/** Routes are compared in test/unit/infra/route-keys.test.ts, functions with the inventory in stacks.test.ts. */
describe("the account and the laptop", () => {
  let resources: ReturnType<typeof resourcesOf>;
  const ofType = (type: string) => resources.filter(({ Type }) => Type === type).map(({ Properties }) => Properties);

  beforeAll(async () => {
    resources = resourcesOf(await templatesOf());
  });

  it("run the same state machines, from the same text", async () => {
    const settings = {
      EventBusName: "b",
      TrainingRoleArn: "r",
      TrainingImage: "i",
      ArtifactsBucket: "a",
      DataBucket: "d",
      NamePrefix: "capstan",
      TrainingLogs: "/logs",
    };
    const onLaptop = await loadMachines(
      machines,
      functions.map(({ name }) => name),
      settings,
    );

    const inAccount = ofType("AWS::StepFunctions::StateMachine");

    expect(inAccount.map(({ StateMachineName }) => String(StateMachineName)).toSorted()).toEqual(
      [...onLaptop].map(({ name }) => `capstan-dev-${name}`).toSorted(),
    );
    expect(inAccount.every(({ StateMachineType }) => StateMachineType === "STANDARD")).toBe(true);
  });

  it("fill in every placeholder of a machine, and none besides", () => {
    for (const machine of machines) {
      const made = ofType("AWS::StepFunctions::StateMachine").find(({ StateMachineName }) => StateMachineName === `capstan-dev-${machine.name}`);
      const used = [...new Set([...JSON.stringify(made?.["DefinitionString"]).matchAll(/\$\{(\w+)\}/g)].map(([, name = ""]) => name))].toSorted();

      expect(Object.keys(made?.["DefinitionSubstitutions"] as object).toSorted(), machine.name).toEqual(used);
      expect(used, machine.name).toEqual(placeholdersOf(machine));
    }
  });

  it("log and trace every machine", () => {
    for (const { LoggingConfiguration, TracingConfiguration } of ofType("AWS::StepFunctions::StateMachine")) {
      expect(LoggingConfiguration).toMatchObject({ Level: "ALL" });
      expect(TracingConfiguration).toEqual({ Enabled: true });
    }
  });

  it("invoke the same functions by the clock, at the same times", async () => {
    const events = someEvents({ functions });
    await events.resume();
    const onLaptop = events.schedules.list("functions").map(({ expression, input }) => `${expression} ${JSON.stringify(input)}`);
    await events.stop();

    const inAccount = ofType("AWS::Scheduler::Schedule").map(
      ({ ScheduleExpression, Target }) => `${String(ScheduleExpression)} ${(Target as { Input: string }).Input}`,
    );

    expect(inAccount.toSorted()).toEqual(onLaptop.toSorted());
  });

  it("invoke the same functions for the same events", () => {
    const declared = functions.flatMap(({ on = [] }) => on.map(({ source, detailType }) => `${source} ${detailType}`));

    const invoking = ofType("AWS::Events::Rule").filter(({ Targets }) => JSON.stringify(Targets).includes("Function"));
    const patterns = invoking.map(({ EventPattern }) => EventPattern as { source: string[]; "detail-type": string[] });

    expect(patterns.map((pattern) => `${pattern.source.join()} ${pattern["detail-type"].join()}`).toSorted()).toEqual(declared.toSorted());
  });

  it("keep captured predictions", () => {
    const [subscription, ...others] = ofType("AWS::Logs::SubscriptionFilter");

    expect(others).toEqual([]);
    expect(subscription).toMatchObject({ FilterPattern: '{ $.capture.endpoint = "*" }' });
  });
});
