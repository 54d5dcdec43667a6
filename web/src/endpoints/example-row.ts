import type { VariantReply } from "./wire.ts";

/** The row that forms and snippets begin with: every feature of the signature, numbers 0, texts empty. */
export function exampleRow(variant: VariantReply | undefined): Readonly<Record<string, number | string>> {
  const signature = variant?.signature;
  const texts = new Set(signature?.inputs.filter(({ datatype }) => datatype === "BYTES").map(({ name }) => name));
  return Object.fromEntries((signature?.featureNames ?? []).map((name) => [name, texts.has(name) ? "" : 0]));
}

/** The variant with the largest share. */
export const mainVariant = (variants: readonly VariantReply[]): VariantReply | undefined => variants.toSorted((left, right) => right.weight - left.weight)[0];
