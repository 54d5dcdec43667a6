import type { Model } from "../fit-model.ts";
import type { LinearModel } from "../linear-scores.ts";
import type { Target } from "../target.ts";
import type { Constant, Graph, Operation, Port } from "./graph.ts";
import { treeEnsemble } from "./tree-ensemble.ts";

/* Names inside the graph begin with "/", which keeps them apart from columns of any sensible name. */

/** Operations and constants that lead to a tensor of a given name. */
type Part = Pick<Graph, "operations" | "constants">;

const joined = (...parts: readonly Part[]): Part => ({
  operations: parts.flatMap(({ operations }) => operations),
  constants: parts.flatMap(({ constants }) => constants),
});
const step = (operator: string, inputs: readonly string[], output: string, attributes: Operation["attributes"] = {}): Operation => ({
  operator,
  inputs,
  outputs: [output],
  attributes,
});
const floats = (name: string, shape: readonly number[], values: Float32Array): Constant => ({ name, shape, values });

const isNumeric = ({ features }: Model) => features.every(({ kind }) => kind === "number");

/** One matrix of all features where all are numbers, else one list of values for each feature, of its name. */
export const inputPorts = (model: Model): readonly Port[] =>
  isNumeric(model)
    ? [{ name: "input", type: "float", shape: [model.features.length] }]
    : model.features.map(({ name, kind }) => ({ name, type: kind === "number" ? "float" : "string", shape: [] }));

/** `matrix`: the number columns, then a column for each category. */
function matrix({ features, encoding }: Model): Part {
  const columns = encoding.numbers.map((index) => ({ index, output: `/column_${index}` }));
  const indicators = encoding.categories.map(({ column, values }) => ({ column, values, output: `/indicators_${column}` }));
  return {
    constants: [{ name: "/column_axis", shape: [1], values: BigInt64Array.of(1n) }],
    operations: [
      ...columns.map(({ index, output }) => step("Unsqueeze", [features[index]?.name ?? "", "/column_axis"], output)),
      ...indicators.map(
        ({ column, values, output }): Operation => ({
          ...step("OneHotEncoder", [features[column]?.name ?? ""], output, { cats_strings: values, zeros: 1 }),
          domain: "ai.onnx.ml",
        }),
      ),
      step(
        "Concat",
        [...columns, ...indicators].map(({ output }) => output),
        "/matrix",
        { axis: 1 },
      ),
    ],
  };
}

function linearPart({ scaling, weights, bias }: LinearModel, from: string, to: string): Part {
  const width = scaling.mean.length;
  return {
    constants: [
      floats(`${to}_mean`, [width], scaling.mean),
      floats(`${to}_scale`, [width], scaling.scale),
      floats(`${to}_weights`, [width, bias.length], weights),
      floats(`${to}_bias`, [bias.length], bias),
    ],
    operations: [
      step("IsNaN", [from], `${to}_missing`),
      step("Where", [`${to}_missing`, `${to}_mean`, from], `${to}_filled`),
      step("Sub", [`${to}_filled`, `${to}_mean`], `${to}_centred`),
      step("Mul", [`${to}_centred`, `${to}_scale`], `${to}_standard`),
      step("Gemm", [`${to}_standard`, `${to}_weights`, `${to}_bias`], to),
    ],
  };
}

/** Scores as predictions: as they are, as two probabilities, or as one for each class. */
function linkPart(target: Target, from: string, to: string): Part {
  if (target.kind === "values") return { constants: [], operations: [step("Identity", [from], to)] };
  if (target.labels.length > 2) return { constants: [], operations: [step("Softmax", [from], to, { axis: 1 })] };
  const both = [step("Neg", [from], `${to}_negative`), step("Concat", [`${to}_negative`, from], `${to}_scores`, { axis: 1 })];
  return { constants: [], operations: [...both, step("Sigmoid", [`${to}_scores`], to)] };
}

function blendPart({ members }: Model, names: readonly string[], to: string): Part {
  if (members.length === 1) return { constants: [], operations: [step("Identity", names, to)] };
  const weighted = members.map(({ weight }, index) => ({ weight, from: names[index] ?? "", by: `/weight_${index}`, output: `/weighted_${index}` }));
  return {
    constants: weighted.map(({ weight, by }) => floats(by, [], Float32Array.of(weight))),
    operations: [
      ...weighted.map(({ from, by, output }) => step("Mul", [from, by], output)),
      step(
        "Sum",
        weighted.map(({ output }) => output),
        to,
      ),
    ],
  };
}

function resultPart(target: Target, from: string): Part {
  if (target.kind === "values")
    return {
      constants: [floats("/unit", [], Float32Array.of(target.scale)), floats("/origin", [], Float32Array.of(target.mean))],
      operations: [step("Mul", [from, "/unit"], "/above_origin"), step("Add", ["/above_origin", "/origin"], "prediction")],
    };
  const { labels } = target;
  const values = labels.every((label) => typeof label === "number") ? BigInt64Array.from(labels, BigInt) : labels.map(String);
  return {
    constants: [{ name: "/labels", shape: [labels.length], values }],
    operations: [
      step("Identity", [from], "probabilities"),
      step("ArgMax", [from], "/likeliest", { axis: 1, keepdims: 0 }),
      step("Gather", ["/labels", "/likeliest"], "label", { axis: 0 }),
    ],
  };
}

export const outputPorts = ({ target }: Model): readonly Port[] =>
  target.kind === "values"
    ? [{ name: "prediction", type: "float", shape: [1] }]
    : [
        { name: "label", type: target.labels.every((label) => typeof label === "number") ? "int64" : "string", shape: [] },
        { name: "probabilities", type: "float", shape: [target.labels.length] },
      ];

/** The whole model from raw columns to predictions: what was done to the training data is part of the graph. */
export function modelGraph(model: Model): Graph {
  const numeric = isNumeric(model);
  const from = numeric ? "input" : "/matrix";
  const predictions = model.members.map(({ member }, index) => {
    const scores: Part =
      member.kind === "linear" ? linearPart(member, from, `/scores_${index}`) : { constants: [], operations: [treeEnsemble(member, from, `/scores_${index}`)] };
    return joined(scores, linkPart(model.target, `/scores_${index}`, `/predictions_${index}`));
  });
  const names = model.members.map((_, index) => `/predictions_${index}`);
  return {
    inputs: inputPorts(model),
    outputs: outputPorts(model),
    ...joined(...(numeric ? [] : [matrix(model)]), ...predictions, blendPart(model, names, "/blended"), resultPart(model.target, "/blended")),
  };
}
