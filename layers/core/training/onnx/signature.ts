import type { ModelSignature, TensorSignature } from "#contracts/platform/model-signature.ts";
import { invalid } from "../../errors.ts";
import type { Model } from "../fit-model.ts";
import type { Port } from "./graph.ts";
import { inputPorts, outputPorts } from "./model-graph.ts";

const datatype = { float: "FP32", int64: "INT64", string: "BYTES" } as const;

const tensor = ({ name, type, shape }: Port): TensorSignature => ({ name, datatype: datatype[type], shape: [-1, ...shape] });

/** What the written model takes and gives. @throws DomainError when a column that becomes an input has the name of an output */
export function signatureOf(model: Model, target: string): ModelSignature {
  const featureNames = model.features.map(({ name }) => name);
  const inputs = inputPorts(model);
  const outputs = outputPorts(model);
  const taken = inputs.find(({ name }) => name.startsWith("/") || outputs.some((output) => output.name === name));
  if (taken)
    throw invalid(`feature must not be named ${outputs.map(({ name }) => name).join(" or ")} or begin with "/" beside text features, got ${taken.name}`);
  const matrix = model.features.every(({ kind }) => kind === "number");
  const common = { inputs: inputs.map((port) => ({ ...tensor(port), ...(matrix && { columns: featureNames }) })), featureNames, target };
  if (model.target.kind === "values") return { ...common, outputs: outputs.map(tensor), problem: "regression" };
  const { labels } = model.target;
  const columns = labels.map(String);
  return {
    ...common,
    outputs: outputs.map((port) => ({ ...tensor(port), ...(port.name === "probabilities" && { columns }) })),
    problem: "classification",
    labels: labels.every((label) => typeof label === "number") ? [...labels] : columns,
  };
}
