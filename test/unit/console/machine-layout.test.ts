import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import type { MachineGraph } from "#contracts/platform/machine-graph.ts";
import { graphOf } from "#core/pipelines/machine-graph.ts";
import { rollout } from "#statemachines/rollout/machine.ts";
import { training } from "#statemachines/training/machine.ts";
import { edgesOf } from "../../../web/src/pipelines/graph/edges.ts";
import { layoutOf } from "../../../web/src/pipelines/graph/layout.ts";
import { stateHeight, stateWidth } from "../../../web/src/pipelines/graph/place.ts";

const graphOfMachine = async ({ definition }: { readonly definition: URL }) => graphOf(await readFile(definition, "utf8"));

/** A machine of this many states, one after the other, each of which sends its errors to the last. */
const longMachine = (length: number): MachineGraph =>
  graphOf(
    JSON.stringify({
      StartAt: "S0",
      States: Object.fromEntries(
        Array.from({ length }, (_none, index) => [
          `S${index}`,
          index === length - 1
            ? { Type: "Succeed" }
            : { Type: "Task", Next: `S${index + 1}`, Catch: [{ ErrorEquals: ["States.ALL"], Next: `S${length - 1}` }] },
        ]),
      ),
    }),
  );

describe("the graph of a definition", () => {
  it("has every state with what it holds, how often it is tried again, and every way on", () => {
    const graph = graphOf(
      JSON.stringify({
        StartAt: "Both",
        States: {
          Both: {
            Type: "Parallel",
            Branches: [{ StartAt: "Left", States: { Left: { Type: "Task", Retry: [{ MaxAttempts: 4 }, {}], End: true } } }],
            Catch: [{ ErrorEquals: ["A", "B"], Next: "Sorry" }],
            Next: "Which",
          },
          Which: { Type: "Choice", Choices: [{ Condition: "{% $x > 1 %}", Next: "Sorry" }], Default: "Good" },
          Sorry: { Type: "Fail" },
          Good: { Type: "Succeed" },
        },
      }),
    );

    expect(graph.states[1]).toEqual({ name: "Left", type: "Task", within: "Both", isStart: true, retries: 7 });
    expect(graph.transitions).toEqual([
      { from: "Both", to: "Left", kind: "branch" },
      { from: "Both", to: "Which", kind: "next" },
      { from: "Both", to: "Sorry", kind: "catch", label: "A, B" },
      { from: "Which", to: "Sorry", kind: "choice", label: "$x > 1" },
      { from: "Which", to: "Good", kind: "default" },
    ]);
  });
});

describe("the drawing of a machine", () => {
  it.each([
    ["training", training],
    ["rollout", rollout],
  ])("puts every state of the %s machine at a place of its own, and what comes next below it", async (_name, machine) => {
    const graph = await graphOfMachine(machine);

    const { states, edges, width, height } = layoutOf(graph);

    expect(states.map(({ state }) => state.name)).toEqual(graph.states.map(({ name }) => name));
    const overlapping = states.flatMap((one, index) =>
      states.slice(index + 1).filter((other) => Math.abs(one.x - other.x) < stateWidth && Math.abs(one.y - other.y) < stateHeight),
    );
    expect(overlapping).toEqual([]);
    expect(states.every(({ x, y }) => x >= 0 && y >= 0 && x + stateWidth <= width && y + stateHeight <= height)).toBe(true);
    const rowOf = new Map(states.map(({ state, y }) => [state.name, y]));
    for (const { edge } of edges)
      if (edge.course === "line") expect(rowOf.get(edge.to), `${edge.from} to ${edge.to}`).toBeGreaterThan(rowOf.get(edge.from) ?? 0);
    expect(edges.every(({ path }) => /^M [\d.\sCHV-]+$/.test(path))).toBe(true);
  });

  it("leads back along the side where states come round again, and carries errors along the other", async () => {
    const edges = edgesOf(await graphOfMachine(rollout));
    const courses = (from: string, to: string) => edges.filter((edge) => edge.from === from && edge.to === to).map(({ course }) => course);

    expect(courses("Decide", "Bake")).toEqual(["back"]);
    expect(courses("Watch", "RollBack")).toEqual(["bus"]);
    expect(courses("Begin", "TakeStep")).toEqual(["line"]);
  });

  it("carries what a retry may go on at along the side: the way from the beginning stays in sight", async () => {
    const edges = edgesOf(await graphOfMachine(training));
    const courses = (from: string, to: string) => edges.filter((edge) => edge.from === from && edge.to === to).map(({ course }) => course);

    expect(courses("Resume", "Evaluate")).toEqual(["bus"]);
    expect(courses("Validate", "Version")).toEqual(["line"]);
    expect(courses("Resume", "Restart")).toEqual(["line"]);
  });

  it("draws what follows branches below their ends", async () => {
    const edges = edgesOf(await graphOfMachine(training));

    expect(edges.filter(({ to, kind }) => to === "ChooseTrainer" && kind === "next").map(({ from }) => from)).toEqual(["JoinTrainingRows", "JoinTestRows"]);
  });

  it("takes a machine of 500 states", () => {
    const { states, edges } = layoutOf(longMachine(500));

    expect([states.length, edges.length]).toEqual([500, 998]);
  });
});
