import { randomFrom, shuffle } from "./random.ts";
import { allRows } from "./table.ts";
import type { Target } from "./target.ts";

/** A part of the rows to fit on, and the rest to judge by. */
export interface Fold {
  readonly fit: Int32Array;
  readonly judge: Int32Array;
}

/** `count` folds that judge every row once; each has about the same share of every class. The seed decides which row goes where. */
export function foldsOf(target: Target, rows: number, count: number, seed: number): readonly Fold[] {
  const order = shuffle(allRows(rows), randomFrom(seed));
  // Stable: within a class the shuffled order stays, so that dealing rows out in turn is a stratified draw.
  if (target.kind === "classes") order.sort((a, b) => (target.codes[a] ?? 0) - (target.codes[b] ?? 0));
  const foldOf = new Int32Array(rows);
  order.forEach((row, position) => {
    foldOf[row] = position % count;
  });
  return Array.from({ length: count }, (_, fold) => ({
    fit: allRows(rows).filter((row) => foldOf[row] !== fold),
    judge: allRows(rows).filter((row) => foldOf[row] === fold),
  }));
}
