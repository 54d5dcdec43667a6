import { type Graph, linearModel, onnxModel } from "#test/support/onnx-model.ts";

/** A model with the values that are sent to it: one row, where nothing else is said. */
export interface BenchModel {
  readonly name: string;
  readonly onnx: Buffer;
  readonly columns: readonly string[];
  readonly output: string;
  readonly row: readonly number[];
}

/** Evenly spread in (-1, 1), the same at each run of the bench. */
const spread = (count: number, step: number) => Array.from({ length: count }, (_, index) => Number(((((index + 1) * step) % 2) - 1).toFixed(5)));
const named = (count: number) => Array.from({ length: count }, (_, index) => `x${index}`);

/** Four features, one linear score: all that is left to measure is the server. */
const tiny: BenchModel = { name: "tiny", onnx: linearModel([0.5, -0.25, 2, 1], 0.1), columns: named(4), output: "score", row: [5.1, 3.5, 1.4, 0.2] };

const [width, hidden, classes] = [784, 128, 10];
const perceptron: Graph = {
  inputs: [{ name: "x", datatype: "FP32", shape: ["n", width] }],
  outputs: [{ name: "logits", datatype: "FP32", shape: ["n", classes] }],
  nodes: [
    { operator: "MatMul", inputs: ["x", "w1"], outputs: ["h1"] },
    { operator: "Relu", inputs: ["h1"], outputs: ["a1"] },
    { operator: "MatMul", inputs: ["a1", "w2"], outputs: ["logits"] },
  ],
  constants: {
    w1: { shape: [width, hidden], values: spread(width * hidden, 0.618_033_988_7) },
    w2: { shape: [hidden, classes], values: spread(hidden * classes, 0.414_213_562_3) },
  },
};

/** A perceptron of 784 inputs, 128 hidden units and 10 outputs: parsing 6 kB of numbers and some arithmetic. */
const mlp: BenchModel = { name: "mlp", onnx: onnxModel(perceptron), columns: named(width), output: "logits", row: spread(width, 0.732_050_807_5) };

const [side, layers, heavyRows] = [256, 190, 64];
const layerName = (index: number) => `h${index}`;
/** Each layer moves every value one place on, which keeps them as they are and costs what any weights cost. */
const shift = Array.from({ length: side * side }, (_, index) => ((Math.floor(index / side) + 1) % side === index % side ? 1 : 0));
const deep: Graph = {
  inputs: [{ name: "x", datatype: "FP32", shape: ["n", 1] }],
  outputs: [{ name: "score", datatype: "FP32", shape: ["n", 1] }],
  nodes: [
    { operator: "MatMul", inputs: ["x", "first"], outputs: [layerName(0)] },
    ...Array.from({ length: layers }, (_, index) => ({ operator: "MatMul", inputs: [layerName(index), "shift"], outputs: [layerName(index + 1)] })),
    { operator: "MatMul", inputs: [layerName(layers), "last"], outputs: ["score"] },
  ],
  constants: {
    first: { shape: [1, side], values: spread(side, 0.618_033_988_7) },
    shift: { shape: [side, side], values: shift },
    last: { shape: [side, 1], values: spread(side, 0.414_213_562_3) },
  },
};

/** 64 rows through 190 layers of 256 units: a small body, and about 16 ms of arithmetic. */
const heavy: BenchModel = { name: "heavy", onnx: onnxModel(deep), columns: ["x0"], output: "score", row: spread(heavyRows, 0.732_050_807_5) };

export const models = { tiny, mlp, heavy } as const;

/** What the model takes and gives, as it lies beside the model. */
export const signatureOf = ({ columns, output }: BenchModel) => ({
  inputs: [{ name: "x", datatype: "FP32", shape: [-1, columns.length], columns }],
  outputs: [{ name: output, datatype: "FP32", shape: [-1, output === "score" ? 1 : classes] }],
  featureNames: columns,
  target: "y",
  problem: "regression",
});

/** The request as the V2 inference protocol sends it. */
export const inferBody = ({ columns, row }: BenchModel): string =>
  JSON.stringify({ inputs: [{ name: "x", shape: [row.length / columns.length, columns.length], datatype: "FP32", data: row }] });

/** One row of named columns. */
export const rowsBody = ({ columns, row }: BenchModel): string =>
  JSON.stringify({ rows: [Object.fromEntries(columns.map((column, index) => [column, row[index]]))] });

/** One row as MLflow's scoring protocol sends a tensor. */
export const scoringBody = ({ row }: BenchModel): string => JSON.stringify({ inputs: { x: [row] } });
