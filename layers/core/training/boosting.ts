import { binned } from "./bins.ts";
import { growTree } from "./grow-tree.ts";
import type { TreeLimits } from "./histogram.ts";
import { sigmoid, softmaxRows } from "./link.ts";
import { lossOf } from "./loss.ts";
import { randomFrom, shuffle } from "./random.ts";
import { allRows, type Matrix } from "./table.ts";
import { scoreCount, type Target } from "./target.ts";
import { addTree, type BoostedModel, boostedScores, type Tree } from "./tree.ts";

export interface BoostingSetting extends TreeLimits {
  readonly learningRate: number;
  readonly maxRounds: number;
  /** Rounds without a better judgement after which boosting ends. */
  readonly earlyStoppingRounds: number;
  /** Share of the columns that each tree may use. */
  readonly columnShare: number;
  readonly seed: number;
}

/** Rows that take no part in fitting and say after each round how good the model is. */
export interface Judge {
  readonly matrix: Matrix;
  readonly target: Target;
}

export interface Boosted {
  readonly model: BoostedModel;
  /** Mean loss of the judge after each round, best or not. */
  readonly losses: readonly number[];
}

/** Best constant scores: the mean, the log odds, or each class's log share. */
function baseOf(target: Target): Float32Array {
  if (target.kind === "values") return Float32Array.of(target.values.reduce((sum, value) => sum + value, 0) / target.values.length);
  const counts = new Float64Array(target.labels.length).fill(0.5);
  for (const code of target.codes) counts[code] = (counts[code] ?? 0) + 1;
  const total = counts.reduce((sum, count) => sum + count, 0);
  const [negative = 0, positive = 0] = counts;
  return target.labels.length === 2 ? Float32Array.of(Math.log(positive / negative)) : Float32Array.from(counts, (count) => Math.log(count / total));
}

/** Derivatives of squared error / 2, or of the log loss, by the scores; row-major like the scores, `output` by `output`. */
function derivatives(target: Target, scores: Float64Array, width: number): readonly { gradients: Float64Array; curvatures: Float64Array }[] {
  if (target.kind === "values")
    return [{ gradients: scores.map((score, row) => score - (target.values[row] ?? 0)), curvatures: new Float64Array(scores.length).fill(1) }];
  const { codes } = target;
  if (width === 1) {
    const p = scores.map(sigmoid);
    return [{ gradients: p.map((value, row) => value - (codes[row] ?? 0)), curvatures: p.map((value) => Math.max(value * (1 - value), 1e-12)) }];
  }
  const p = softmaxRows(Float64Array.from(scores), width);
  // Friedman's (2001) factor: the softmax has one score more than it needs.
  const factor = width / (width - 1);
  return Array.from({ length: width }, (_, k) => ({
    gradients: Float64Array.from(codes, (code, row) => (p[row * width + k] ?? 0) - (code === k ? 1 : 0)),
    curvatures: Float64Array.from(codes, (_code, row) => factor * Math.max((p[row * width + k] ?? 0) * (1 - (p[row * width + k] ?? 0)), 1e-6)),
  }));
}

/** Gradient boosting over histograms (Friedman 2001; Ke et al. 2017): squared error for values, log loss for classes. */
export function fitBoosting(matrix: Matrix, target: Target, setting: BoostingSetting, judge?: Judge): Boosted {
  const bins = binned(matrix);
  const rows = allRows(matrix.rows);
  const random = randomFrom(setting.seed);
  const width = scoreCount(target);
  const base = baseOf(target);
  const scores = boostedScores({ kind: "boosting", base, trees: [] }, matrix);
  const judged = judge && boostedScores({ kind: "boosting", base, trees: [] }, judge.matrix);
  const usable = bins.cuts.flatMap((cuts, column) => (cuts.length > 0 ? [column] : []));
  const share = Math.max(1, Math.ceil(usable.length * setting.columnShare));
  const trees: Tree[] = [];
  const losses: number[] = [];
  let best = { loss: Infinity, round: 0 };
  for (let round = 1; round <= setting.maxRounds && round - best.round <= setting.earlyStoppingRounds; round++) {
    for (const [output, { gradients, curvatures }] of derivatives(target, scores, width).entries()) {
      const columns =
        share < usable.length
          ? shuffle(usable.slice(), random)
              .slice(0, share)
              .sort((a, b) => a - b)
          : usable;
      const tree = growTree(rows, output, { bins, gradients, curvatures, columns, limits: setting, learningRate: setting.learningRate }, (leaf, value) => {
        for (const row of leaf) scores[row * width + output] = (scores[row * width + output] ?? 0) + value;
      });
      trees.push(tree);
      if (judge && judged) addTree(judged, width, tree, judge.matrix);
    }
    const loss = judge && judged ? lossOf(judge.target, judged) : -round;
    losses.push(loss);
    if (loss < best.loss) best = { loss, round };
  }
  return { model: { kind: "boosting", base, trees }, losses };
}

/** The first rounds of a model, as if boosting had ended there. */
export const firstRounds = ({ kind, base, trees }: BoostedModel, rounds: number): BoostedModel => ({ kind, base, trees: trees.slice(0, rounds * base.length) });
