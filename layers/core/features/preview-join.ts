import { invalid } from "../errors.ts";
import type { DefinitionStore } from "./definitions.ts";
import { type FeatureRequest, requestedFeatures } from "./requested-features.ts";
import type { TrainingRequest } from "./training-join.ts";

type Cell = string | number | boolean | null;
/** Rows as they came, without a file. */
export interface PreviewRequest extends Pick<TrainingRequest, "eventTimestampColumn" | "features" | "knowledge"> {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}
export interface PreviewedRows {
  readonly columns: string[];
  /** Values as text. */
  readonly rows: (string | null)[][];
}

/** The join of a training set over a few rows that are at hand; see {@link TrainingJoin}. */
export interface PreviewJoin {
  preview(request: PreviewRequest): Promise<PreviewedRows>;
}

export interface PreviewContext {
  readonly definitions: Pick<DefinitionStore, "find">;
  readonly previews: PreviewJoin;
}

/** Joins features to a few rows. @throws DomainError for features that do not exist or collide, and for rows that lack a column */
export async function previewTrainingSet(
  ctx: PreviewContext,
  {
    rows,
    features,
    featureService,
    fullFeatureNames,
    ...rest
  }: FeatureRequest & Pick<TrainingRequest, "eventTimestampColumn" | "knowledge"> & { readonly rows: readonly Readonly<Record<string, Cell>>[] },
): Promise<PreviewedRows> {
  const requested = await requestedFeatures(ctx.definitions, { features, featureService, fullFeatureNames });
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const twice = columns.find((name, index) => columns.findIndex((other) => other.toLowerCase() === name.toLowerCase()) !== index);
  if (twice !== undefined) throw invalid(`rows must not have two columns that differ in case only, got ${twice}`);
  return await ctx.previews.preview({ ...rest, features: requested, columns, rows: rows.map((row) => columns.map((name) => row[name] ?? null)) });
}
