import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { eventSource } from "#contracts/events/platform-event.ts";
import type { Contract } from "#contracts/route.ts";
import { functions, machines, tables } from "#infra/inventory.ts";
import { readExpression } from "#infra/local/events/expression.ts";

const root = new URL("../../../", import.meta.url);
const foldersIn = (path: string) =>
  readdirSync(new URL(path, root), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .toSorted();
const filesIn = (path: string) =>
  readdirSync(new URL(path, root), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => `${path}${name}`)
    .toSorted();
const names = functions.map(({ name }) => name);
const load = async (path: string) => (await import(new URL(path, root).href)) as Readonly<Record<string, unknown>>;

const isContract = (value: unknown): value is Contract => typeof value === "object" && value !== null && "surface" in value && "routes" in value;
const isEvent = (value: unknown): value is { detailType: string } => typeof value === "object" && value !== null && "detailType" in value && "detail" in value;
const declaredIn = async <T>(folder: string, is: (value: unknown) => value is T): Promise<T[]> => {
  const modules = await Promise.all(filesIn(folder).map(load));
  return modules.flatMap((module) => Object.values(module).filter(is));
};

describe("the inventory", () => {
  it("has every function that has a folder, and no other, in the alphabet's order", () => {
    expect(names).toEqual(foldersIn("functions/"));
  });

  it("has every state machine that has a folder, and no other", () => {
    expect(machines.map(({ name }) => name).toSorted()).toEqual(foldersIn("statemachines/"));
  });

  it("has every contract, each served by one function", async () => {
    const contracts = await declaredIn("layers/contracts/", isContract);
    const served = functions.flatMap(({ contracts: its = [] }) => its.map(({ name }) => name));

    expect(served.toSorted()).toEqual(contracts.map(({ name }) => name).toSorted());
    expect(new Set(served).size).toBe(served.length);
  });
});

describe.each(functions.map((spec) => [spec.name, spec] as const))("the function %s", (name, spec) => {
  it("says what it needs, does what it says, and is both a Lambda function and one of the laptop's", async () => {
    const handler = await load(`functions/${name}/handler.ts`);
    const source = readFileSync(new URL(`functions/${name}/lambda.ts`, root), "utf8");

    expect(typeof handler["create"]).toBe("function");
    expect(source).toMatch(/export const handler = /);
    expect(existsSync(new URL(`functions/${name}/server.ts`, root))).toBe(spec.server === true);
  });

  it("is called by somebody: a client, a state machine, the clock, an event or another function", () => {
    const { contracts, schedule, on } = spec;
    const inMachine = machines.some(({ tasks }) => Object.values(tasks).includes(name));
    const byTheGateway = name === "authorizer" || name === "write-captures";

    expect([contracts !== undefined, inMachine, schedule !== undefined, on !== undefined, byTheGateway]).toContain(true);
  });

  it("asks for tables and machines that there are", () => {
    const known = { tables: Object.keys(tables), machines: machines.map((machine) => machine.name) };

    expect(known.tables).toEqual(expect.arrayContaining(Object.keys(spec.tables ?? {})));
    expect(known.machines).toEqual(expect.arrayContaining([...(spec.machines ?? [])]));
    expect((spec.timeoutSeconds ?? 1) <= (spec.contracts ? 30 : 900)).toBe(true);
  });
});

describe("what calls functions by itself", () => {
  it("is the clock, by expressions that the laptop reads too", () => {
    const scheduled = functions.filter(({ schedule }) => schedule !== undefined);
    const from = Date.UTC(2026, 0, 1);

    expect(scheduled.length).toBeGreaterThan(0);
    for (const { name, schedule, task } of scheduled) {
      expect([name, (readExpression(schedule?.expression ?? "", from, "UTC").next(from) ?? 0) > from]).toEqual([name, true]);
      expect([name, task?.input.safeParse(schedule?.input).success]).toEqual([name, true]);
    }
  });

  it("is events that are declared, and Step Functions' own of an execution's end", async () => {
    const ours = (await declaredIn("layers/contracts/events/", isEvent)).map(({ detailType }) => `${eventSource} ${detailType}`);
    const awaited = functions.flatMap(({ on = [] }) => on.map(({ source, detailType }) => `${source} ${detailType}`));

    expect(awaited.length).toBeGreaterThan(0);
    expect([...ours, "aws.states Step Functions Execution Status Change"]).toEqual(expect.arrayContaining(awaited));
    expect(functions.some(({ events }) => events === true)).toBe(true);
  });
});
