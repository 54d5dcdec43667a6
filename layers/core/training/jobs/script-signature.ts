import type { ModelSignature, TensorSignature } from "#contracts/platform/model-signature.ts";
import type { ScriptModelCard } from "#contracts/platform/training-script.ts";
import { invalid } from "../../errors.ts";
import type { TensorSpec } from "../../serving/tensor.ts";
import { predictionOutput } from "../prediction-output.ts";

/** What an ONNX file says of itself. */
export interface OnnxPorts {
  readonly inputs: readonly TensorSpec[];
  readonly outputs: readonly TensorSpec[];
}
interface Task {
  readonly target: string;
  readonly problem: ModelSignature["problem"];
  /** Columns of the training data that could be features: neither target nor ignored. */
  readonly columns: readonly string[];
}

const isMatrix = ({ inputs: [first, ...others] }: OnnxPorts) => others.length === 0 && first?.shape.length === 2 && first.datatype !== "BYTES";
const shown = (specs: readonly TensorSpec[]) =>
  specs
    .map(({ name, datatype, shape }) => `${name} ${datatype} [${shape.join(", ")}]`)
    .join("; ")
    .slice(0, 500);
const rows = ({ name, datatype, shape }: TensorSpec): TensorSignature => ({ name, datatype, shape: [-1, ...shape.slice(1)] });

/** The columns behind a model's inputs, in its order: those that its card names, else all of them, or those that its inputs are named after. */
export function scriptFeatures(ports: OnnxPorts, card: ScriptModelCard, { columns }: Task): readonly string[] {
  if (!isMatrix(ports)) return ports.inputs.map(({ name }) => name);
  const names = card.featureNames ?? columns;
  const width = ports.inputs[0]?.shape[1] ?? -1;
  if (width !== -1 && width !== names.length)
    throw invalid(
      `model input ${ports.inputs[0]?.name} takes ${width} columns, the data have ${names.length}: name them as featureNames in capstan.json beside the model, found ${names.slice(0, 20).join(", ").slice(0, 300)}`,
    );
  return names;
}

/**
 * What a script's model takes and gives: inputs and outputs as the ONNX file has them, the meaning of columns as its card or the data say.
 * @param labels the target's classes in ascending order, for classification
 * @throws DomainError that names what was found, when no output can be the prediction
 */
export function scriptSignature(ports: OnnxPorts, card: ScriptModelCard, task: Task, labels: ModelSignature["labels"]): ModelSignature {
  const { target, problem } = task;
  const featureNames = [...scriptFeatures(ports, card, task)];
  const inputs = ports.inputs.map((input) => ({ ...rows(input), ...(isMatrix(ports) && { columns: featureNames, shape: [-1, featureNames.length] }) }));
  const output = predictionOutput(problem, ports.outputs);
  if (!output) {
    const wanted = problem === "classification" ? "probabilities of [rows, classes]" : "prediction of [rows] or [rows, 1]";
    throw invalid(`model must have an output ${wanted}, or one output of floating point alone, found ${shown(ports.outputs) || "no tensor (is it a ZipMap?)"}`);
  }
  const outputs = ports.outputs.map(rows);
  if (problem === "regression") return { inputs, outputs, featureNames, target, problem };
  const classes = card.labels ?? labels ?? [];
  const width = output.shape[1] ?? -1;
  if (output.shape.length !== 2 || (width !== -1 && width !== classes.length))
    throw invalid(
      `model output ${output.name} must be [rows, ${classes.length}], a column for each class, got [${output.shape.join(", ")}]; classes: ${classes.slice(0, 20).join(", ").slice(0, 300)}`,
    );
  const named = outputs.map((one) => (one.name === output.name ? { ...one, shape: [-1, classes.length], columns: classes.map(String) } : one));
  return { inputs, outputs: named, featureNames, target, problem, labels: classes };
}
