import { describe, expect, it } from "vitest";
import { fromHalf, toHalf } from "#core/serving/half.ts";
import type { Datatype, Tensor } from "#core/serving/tensor.ts";
import { tensorOf } from "#core/serving/tensor-data.ts";
import { batcher } from "#onnx/batcher.ts";
import { loadModel } from "#onnx/model.ts";
import { identityModel, linearModel, onnxModel } from "#test/support/onnx-model.ts";

const x = (shape: readonly number[], values: readonly number[]) => tensorOf({ name: "x", datatype: "FP32", shape: [-1, 2] }, shape, values);

describe("a loaded model", () => {
  it("describes its inputs and outputs with -1 for what may be any size", async () => {
    const model = await loadModel(linearModel([2, 3]));

    expect(model.inputs).toEqual([{ name: "x", datatype: "FP32", shape: [-1, 2] }]);
    expect(model.outputs).toEqual([{ name: "score", datatype: "FP32", shape: [-1, 1] }]);
  });

  it("answers requests of the same moment from one run, each with its own rows", async () => {
    const model = await loadModel(linearModel([2, 3], 1));

    const outputs = await Promise.all([model.infer([x([1, 2], [1, 1])]), model.infer([x([2, 2], [0, 0, 10, 0])]), model.infer([x([1, 2], [0, 1])])]);

    expect(outputs.map(([score]) => [score?.shape, [...(score?.data ?? [])]])).toEqual([
      [[1, 1], [6]],
      [
        [2, 1],
        [1, 21],
      ],
      [[1, 1], [4]],
    ]);
  });

  it.each<[Datatype, unknown[]]>([
    ["BOOL", [true, false]],
    ["UINT8", [0, 255]],
    ["INT8", [-128, 127]],
    ["UINT16", [0, 65_535]],
    ["INT16", [-32_768, 7]],
    ["INT32", [-2_147_483_648, 7]],
    ["UINT32", [0, 4_294_967_295]],
    ["INT64", [-(2n ** 63n), 9_007_199_254_740_993n]],
    ["UINT64", [0, 2n ** 64n - 1n]],
    ["FP32", [1.5, null]],
    ["FP64", [0.1, -1e300]],
    ["FP16", [0.5, 65_504]],
    ["BYTES", ["", "grün"]],
  ])("carries %s exactly there and back", async (datatype, values) => {
    const model = await loadModel(identityModel(datatype));
    const tensor = tensorOf({ name: "x", datatype, shape: [-1, 2] }, [1, 2], values);

    const [y] = await model.infer([tensor]);

    expect(y).toEqual({ name: "y", datatype, shape: [1, 2], data: tensor.data });
  });

  it("names the input that is missing, unknown, doubled, of the wrong type or shape", async () => {
    const model = await loadModel(linearModel([2, 3]));
    const good = x([1, 2], [1, 2]);

    await expect(model.infer([])).rejects.toThrow("input x is required, got no input");
    await expect(model.infer([good, { ...good, name: "z" }])).rejects.toThrow("input z must be one of the model's inputs, each once: x");
    await expect(model.infer([good, good])).rejects.toThrow("each once: x");
    await expect(model.infer([{ ...good, datatype: "FP64", data: Float64Array.of(1, 2) }])).rejects.toThrow("input x: datatype must be FP32, got FP64");
    await expect(model.infer([{ ...good, shape: [2] }])).rejects.toThrow("input x: shape must be [-1, 2] where -1 is any size, got [2]");
  });

  it("refuses bytes that are not a model", async () => {
    await expect(loadModel(Buffer.from("not a model"))).rejects.toThrow("model must be an ONNX model that the runtime can load");
  });

  it("fails only the request whose values the model refuses", async () => {
    const model = await loadModel(
      onnxModel({
        inputs: [{ name: "i", datatype: "INT64", shape: ["n"] }],
        outputs: [{ name: "y", datatype: "FP32", shape: ["n"] }],
        nodes: [{ operator: "Gather", inputs: ["table", "i"], outputs: ["y"] }],
        constants: { table: { shape: [3], values: [10, 11, 12] } },
      }),
    );
    const at = (index: number) => model.infer([{ name: "i", datatype: "INT64", shape: [1], data: BigInt64Array.of(BigInt(index)) }]);

    const [first, outside, last] = await Promise.allSettled([at(0), at(99), at(2)]);

    expect(first).toMatchObject({ status: "fulfilled", value: [{ data: Float32Array.of(10) }] });
    expect(outside).toMatchObject({ status: "rejected", reason: { name: "DomainError", message: expect.stringContaining("the model refuses these values") } });
    expect(last).toMatchObject({ status: "fulfilled", value: [{ data: Float32Array.of(12) }] });
  });

  it("answers each request by itself when the model mixes rows", async () => {
    const model = await loadModel(
      onnxModel({
        inputs: [{ name: "x", datatype: "FP32", shape: ["n", 2] }],
        outputs: [{ name: "total", datatype: "FP32", shape: ["m", 2] }],
        nodes: [{ operator: "ReduceMax", inputs: ["x"], outputs: ["total"], integerLists: { axes: [0] } }],
      }),
    );

    const outputs = await Promise.all([model.infer([x([1, 2], [1, 2])]), model.infer([x([1, 2], [5, 6])])]);

    expect(outputs.map(([total]) => [...(total?.data ?? [])])).toEqual([
      [1, 2],
      [5, 6],
    ]);
  });
});

describe("batcher", () => {
  const rows = (count: number): readonly Tensor[] => [{ name: "x", datatype: "FP32", shape: [count, 1], data: new Float32Array(count) }];
  const counting = (msPerRow: number) => {
    const runs: number[] = [];
    const infer = batcher(
      async (inputs) => {
        const count = inputs[0]?.shape[0] ?? 0;
        runs.push(count);
        // As the runtime does: the work is done in an immediate.
        await new Promise((resolve) => setImmediate(resolve));
        return { outputs: inputs, milliseconds: msPerRow * count };
      },
      { maxRows: 4 },
    );
    return { runs, infer };
  };

  it("takes what waits up to its limit, and a larger request whole", async () => {
    const { runs, infer } = counting(0.1);

    await Promise.all([1, 2, 1, 2, 9, 1].map((count) => infer(rows(count))));

    expect(runs).toEqual([4, 2, 9, 1]);
  });

  it("lets what comes during a run gather for the next", async () => {
    const { runs, infer } = counting(0.1);

    const first = infer(rows(1));
    await new Promise((resolve) => setImmediate(resolve));
    await Promise.all([first, infer(rows(1)), infer(rows(2))]);

    expect(runs).toEqual([1, 3]);
  });

  it("stops joining once rows take longer than a millisecond eight runs in a row", async () => {
    const { runs, infer } = counting(2);

    for (let round = 0; round < 9; round++) await Promise.all([infer(rows(1)), infer(rows(1))]);

    expect(runs).toEqual([2, 2, 2, 2, 2, 2, 2, 2, 1, 1]);
  });

  it("never joins requests of different widths", async () => {
    const { runs, infer } = counting(0.1);
    const wide: readonly Tensor[] = [{ name: "x", datatype: "FP32", shape: [1, 2], data: new Float32Array(2) }];

    await Promise.all([infer(rows(1)), infer(wide), infer(rows(1))]);

    expect(runs).toEqual([1, 1, 1]);
  });
});

describe("16-bit floats", () => {
  it("survive the way there and back, all 63,488 that are finite", () => {
    const finite = Array.from({ length: 65_536 }, (_, bits) => bits).filter((bits) => (bits & 0x7c00) !== 0x7c00);

    expect(finite.filter((bits) => toHalf(fromHalf(bits)) !== bits)).toEqual([]);
  });

  it("round to the nearest, ties to even, and beyond their range to infinity", () => {
    expect([1 + 2 ** -11, 1 + 3 * 2 ** -11, 65_519, 65_520, 2 ** -25, 2 ** -24, -Infinity].map((value) => fromHalf(toHalf(value)))).toEqual([
      1,
      1 + 2 ** -9,
      65_504,
      Infinity,
      0,
      2 ** -24,
      -Infinity,
    ]);
    expect(fromHalf(toHalf(Number.NaN))).toBeNaN();
  });
});
