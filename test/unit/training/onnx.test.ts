import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitModel, type Model, predict } from "#core/training/fit-model.ts";
import { likeliest } from "#core/training/metrics.ts";
import { onnxBytes } from "#core/training/onnx/graph.ts";
import { modelGraph } from "#core/training/onnx/model-graph.ts";
import type { Table } from "#core/training/table.ts";
import { encodeTarget } from "#core/training/target.ts";
import { loadModel } from "#onnx/model.ts";
import { aProblem, tensorsOf } from "#test/support/training-problems.ts";

const inRuntime = async (model: Model, table: Table) => {
  const session = await loadModel(onnxBytes(modelGraph(model), {}));
  const outputs = await session.infer(tensorsOf(table));
  await session.release();
  return new Map(outputs.map(({ name, data }) => [name, Array.from<unknown>(data)]));
};

/** The largest difference, relative to the size of the expected value where that is above 1. */
const gap = (actual: readonly unknown[], expected: Float64Array) =>
  expected.reduce((most, value, i) => Math.max(most, Math.abs(Number(actual[i]) - value) / Math.max(1, Math.abs(value))), 0);

const shapes = fc.record({
  seed: fc.nat(100_000),
  rows: fc.integer({ min: 24, max: 120 }),
  numbers: fc.integer({ min: 1, max: 4 }),
  texts: fc.integer({ min: 0, max: 2 }),
  classes: fc.constantFrom(0, 2, 3),
  missingShare: fc.constantFrom(0, 0.2),
  algorithm: fc.constantFrom("auto" as const, "linear" as const, "boosting" as const),
});

describe("the written model", () => {
  it("predicts what the fitted model predicts, to 1e-5, from raw columns with gaps and unknown words", async () => {
    await fc.assert(
      fc.asyncProperty(shapes, async ({ algorithm, ...shape }) => {
        const { table, target } = aProblem(shape);
        const unseen = aProblem({ ...shape, seed: shape.seed + 2, missingShare: 0.3 }).table;

        const { model } = fitModel(table, target, algorithm, { maxRounds: 20, folds: 3 }, shape.seed);
        const outputs = await inRuntime(model, unseen);

        const expected = predict(model, unseen);
        if (target.kind === "values") {
          const inUnit = expected.map((value) => value * target.scale + target.mean);
          expect(gap(outputs.get("prediction") ?? [], inUnit)).toBeLessThan(1e-5);
        } else {
          expect(gap(outputs.get("probabilities") ?? [], expected)).toBeLessThan(1e-5);
          const guesses = likeliest(Float64Array.from(outputs.get("probabilities") ?? [], Number), target.labels.length);
          expect(outputs.get("label")?.map(String)).toEqual(Array.from(guesses, (guess) => String(target.labels[guess])));
        }
      }),
      { numRuns: 40, seed: 11 },
    );
  });

  it.each(["linear", "boosting"] as const)("is only the mean where no column says anything: %s", async (algorithm) => {
    const empty: Table = {
      rows: 20,
      columns: [
        { name: "constant", kind: "number", values: new Float32Array(20).fill(7) },
        { name: "missing", kind: "number", values: new Float32Array(20).fill(Number.NaN) },
      ],
    };
    const raw = Array.from({ length: 20 }, (_, row) => row);

    const { model } = fitModel(empty, encodeTarget("regression", raw), algorithm, {}, 0);

    const predictions = (await inRuntime(model, empty)).get("prediction") ?? [];
    expect(predictions.every((value) => Math.abs(Number(value) - 9.5) < 1e-5)).toBe(true);
  });

  it("parts what is missing from what is known where that alone tells", async () => {
    const values = Float32Array.from({ length: 60 }, (_, row) => (row % 3 === 0 ? Number.NaN : 5));
    const table: Table = { rows: 60, columns: [{ name: "x", kind: "number", values }] };
    const raw = Array.from({ length: 60 }, (_, row) => (row % 3 === 0 ? "gap" : "known"));

    const { model } = fitModel(table, encodeTarget("classification", raw), "boosting", { minRowsInLeaf: 5 }, 0);

    expect((await inRuntime(model, table)).get("label")).toEqual(raw);
  });

  it("is the same to the byte when the same data are fitted again", () => {
    const { table, target } = aProblem({ seed: 3, rows: 80, numbers: 3, texts: 1, classes: 3, missingShare: 0.1 });
    const bytes = () => Buffer.from(onnxBytes(modelGraph(fitModel(table, target, "auto", { maxRounds: 10 }, 1).model), { a: "b" })).toString("base64");

    expect(bytes()).toBe(bytes());
  });
});
