import { invalid } from "../errors.ts";

/** What a column holds, as far as training is concerned; `other` are dates, times, lists and the like. */
export type ColumnKind = "number" | "text" | "other";
export interface SourceColumn {
  readonly name: string;
  readonly kind: ColumnKind;
}
export interface FeatureColumn {
  readonly name: string;
  readonly kind: "number" | "text";
}
interface FeatureChoice {
  readonly target: string;
  readonly features?: readonly string[] | undefined;
  readonly ignoredColumns: readonly string[];
}

const isFeature = (column: SourceColumn): column is FeatureColumn => column.kind !== "other";
const listed = (names: readonly string[]) => names.slice(0, 20).join(", ").slice(0, 300);

/**
 * The columns to learn from, in the order of the source, or in the order in which they were named.
 * @throws DomainError when a column is missing, is the target, or holds what no model can take
 */
export function chooseFeatures(columns: readonly SourceColumn[], { target, features, ignoredColumns }: FeatureChoice): readonly FeatureColumn[] {
  const names = columns.map(({ name }) => name);
  if (!names.includes(target)) throw invalid(`target must be one of the columns ${listed(names)}, got ${target}`);
  const left = columns.filter(({ name }) => name !== target && !ignoredColumns.includes(name));
  if (features === undefined) {
    const usable = left.filter(isFeature);
    if (usable.length === 0) throw invalid(`training data must have a column of numbers or text beside the target ${target}, got ${listed(names)}`);
    return usable;
  }
  const repeated = features.find((name, index) => features.indexOf(name) !== index);
  if (repeated !== undefined) throw invalid(`features must name each column once, got ${repeated} again`);
  return features.map((name) => {
    const column = left.find((one) => one.name === name);
    if (!column) throw invalid(`feature ${name} must be a column beside the target and the ignored ones: ${listed(left.map((one) => one.name))}`);
    if (!isFeature(column)) throw invalid(`feature ${name} must hold numbers, truth values or text`);
    return column;
  });
}
