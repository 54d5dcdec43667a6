import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { functions, machines } from "#infra/inventory.ts";
import { loadMachines } from "#infra/local/states/load-machine.ts";
import { checkMachine } from "#statemachines/check-definition.ts";

const aslValidator = createRequire(import.meta.url)("asl-validator") as (definition: unknown) => { errorsText: (separator: string) => string };
const known = { functions: functions.map(({ name }) => name), machines: machines.map(({ name }) => name) };

describe.each(machines.map((machine) => [machine.name, machine] as const))("the machine %s", (_name, machine) => {
  const text = readFileSync(machine.definition, "utf8");

  it("passes the load checks and asl-validator", () => {
    expect(checkMachine(machine, text, known)).toEqual([]);
    // asl-validator 4.0.0 takes no empty text for a value, which Step Functions does.
    expect(aslValidator(JSON.parse(text.replaceAll(': ""', ': " "'))).errorsText("\n")).toBe("");
  });

  it("invokes tasks only: functions whose input and output are declared", () => {
    const tasks = functions.filter(({ task }) => task !== undefined).map(({ name }) => name);

    expect(tasks).toEqual(expect.arrayContaining(Object.values(machine.tasks)));
  });
});

describe("the machines together", () => {
  it("have names of their own and load with the laptop's settings", async () => {
    const settings = {
      EventBusName: "bus",
      TrainingRoleArn: "role",
      TrainingImage: "image",
      ArtifactsBucket: "artifacts",
      DataBucket: "data",
      NamePrefix: "capstan",
      TrainingLogs: "/logs",
    };

    const loaded = await loadMachines(machines, known.functions, settings);

    expect(new Set(loaded.map(({ name }) => name)).size).toBe(machines.length);
    expect(loaded.filter(({ text }) => /\$\{\w+\}/.test(text))).toEqual([]);
  });
});
