import type { ModelSignature } from "#contracts/platform/model-signature.ts";
import { DependencyError } from "../errors.ts";
import { valuesOf } from "./predictions.ts";
import { elementCount, type Tensor } from "./tensor.ts";
import { flatten, tensorOf } from "./tensor-data.ts";

/*
 * One form for every image under SageMaker's hosting contract: MLflow's scoring form `inputs`, which names tensors and keeps their shape, and its
 * reply `predictions` (MLflow 3.17, "Deploy MLflow models"). The platform's own image and MLflow's speak it.
 */

/** Row-major values as nested lists. */
function nested(values: readonly unknown[], shape: readonly number[]): unknown {
  const [size = 0, ...rest] = shape;
  if (rest.length === 0) return values;
  const width = elementCount(rest);
  return Array.from({ length: size }, (_, index) => nested(values.slice(index * width, (index + 1) * width), rest));
}

/** What is sent for a prediction. */
export const hostedRequest = (inputs: readonly Tensor[]) => ({
  inputs: Object.fromEntries(inputs.map((input) => [input.name, nested(valuesOf(input), input.shape)])),
});

const isFields = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === "object" && value !== null && !Array.isArray(value);

/** One output's values: of each row, where rows are listed; whole, where outputs are listed by name. */
function valuesIn(predictions: unknown, name: string): unknown {
  if (isFields(predictions)) return predictions[name];
  return Array.isArray(predictions) && predictions.some(isFields) ? predictions.map((row) => (isFields(row) ? row[name] : null)) : predictions;
}

/**
 * The outputs of a reply, as the model's signature has them.
 * @throws DependencyError when the container answered something else: its fault, not the caller's
 */
export function hostedOutputs({ outputs }: ModelSignature, reply: unknown, rows: number): Tensor[] {
  const predictions = isFields(reply) ? reply["predictions"] : reply;
  return outputs.map((output) => {
    try {
      const values = valuesIn(predictions, output.name);
      const flat = flatten(output.name, Array.isArray(values) ? values : [values]);
      const inner = output.shape.slice(1);
      const known = inner.filter((size) => size > 0).reduce((product, size) => product * size, 1);
      const shape = [rows, ...inner.map((size) => (size > 0 ? size : flat.length / Math.max(rows * known, 1)))];
      return tensorOf(output, shape, flat);
    } catch (cause) {
      throw new DependencyError(`the endpoint on SageMaker must answer output ${output.name} for each of ${rows} rows: ${(cause as Error).message}`, { cause });
    }
  });
}
