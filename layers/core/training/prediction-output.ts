import type { ModelSignature } from "#contracts/platform/model-signature.ts";

const outputName = { classification: "probabilities", regression: "prediction" } as const;

/** The output that is judged: the one of that name, else the only one of floating point; undefined where neither is there. */
export function predictionOutput<T extends { readonly name: string; readonly datatype: string }>(
  problem: ModelSignature["problem"],
  outputs: readonly T[],
): T | undefined {
  const named = outputs.find(({ name }) => name === outputName[problem]);
  const floating = outputs.filter(({ datatype }) => datatype === "FP32" || datatype === "FP64");
  return named ?? (floating.length === 1 ? floating[0] : undefined);
}
