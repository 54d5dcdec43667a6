import type { VariantReply } from "./wire.ts";

export type Row = Readonly<Record<string, number | string | boolean | null>>;

/** A column that a model reads: its name and its element type as the Open Inference Protocol spells it. */
export interface Feature {
  readonly name: string;
  readonly datatype: string;
}

/** What a model reads, in its order. Text features are inputs of their own; all others are columns of one input. */
export function featuresOf(variant: VariantReply | undefined): readonly Feature[] {
  const { inputs = [], featureNames = [] } = variant?.signature ?? {};
  const [first] = inputs;
  return featureNames.map((name) => ({ name, datatype: inputs.find((input) => input.name === name)?.datatype ?? first?.datatype ?? "FP32" }));
}

const starts: Readonly<Record<string, string | boolean>> = { BYTES: "", BOOL: false };

/** A row of which nothing is known: numbers 0, texts empty. */
export const exampleRow = (features: readonly Feature[]): Row => Object.fromEntries(features.map(({ name, datatype }) => [name, starts[datatype] ?? 0]));

/** What somebody typed, as the feature's type; nothing typed is null, and what is no number, or one that JSON's readers would round, goes as it is, for the platform to refuse. */
export function cellOf(text: string, { datatype }: Feature): Row[string] {
  if (datatype === "BYTES") return text;
  if (text.trim() === "") return null;
  if (datatype === "BOOL") return text === "true" ? true : text === "false" ? false : text;
  const value = Number(text);
  const isExact = !datatype.endsWith("64") || datatype === "FP64" || Number.isSafeInteger(value);
  return Number.isFinite(value) && isExact ? value : text;
}

/** The variant with the largest share. */
export const mainVariant = (variants: readonly VariantReply[]): VariantReply | undefined => variants.toSorted((left, right) => right.weight - left.weight)[0];
