import { type BoostingSetting, firstRounds, fitBoosting } from "./boosting.ts";
import type { Fold } from "./folds.ts";
import { type LinearModel, linearScores } from "./linear-scores.ts";
import { predictionsOf, predictionWidth } from "./link.ts";
import { fitLogistic } from "./logistic.ts";
import { predictionLoss } from "./loss.ts";
import { fitRidge } from "./ridge.ts";
import { type Matrix, takeRows } from "./table.ts";
import { scoreCount, type Target, takeTarget } from "./target.ts";
import { type BoostedModel, boostedScores } from "./tree.ts";

export type Member = LinearModel | BoostedModel;

/** One way to fit, judged on rows that it did not see: each row's prediction comes from the fold that left it out. */
export interface Candidate {
  readonly name: "linear" | "boosting";
  readonly predictions: Float64Array;
  readonly loss: number;
  /** Fits the same way on these rows. */
  fit(matrix: Matrix, target: Target): Member;
}

const memberScores = (member: Member, matrix: Matrix): Float64Array =>
  member.kind === "linear" ? linearScores(member, matrix) : boostedScores(member, matrix);

export const memberPredictions = (member: Member, matrix: Matrix, width: number): Float64Array => predictionsOf(memberScores(member, matrix), width);

/** Every row's prediction by the model of the fold that left it out. */
function gathered(matrix: Matrix, target: Target, folds: readonly Fold[], memberOf: (fold: number) => Member): Float64Array {
  const width = predictionWidth(target);
  const all = new Float64Array(matrix.rows * width);
  folds.forEach(({ judge }, fold) => {
    const part = memberPredictions(memberOf(fold), takeRows(matrix, judge), width);
    for (const [position, row] of judge.entries()) all.set(part.subarray(position * width, (position + 1) * width), row * width);
  });
  return all;
}

const fitLinear = (matrix: Matrix, target: Target, penalty: number | undefined): LinearModel =>
  target.kind === "values" ? fitRidge(matrix, target.values, penalty) : fitLogistic(matrix, target.codes, scoreCount(target), penalty ?? 1);

/** Penalties tried for log loss; squared error finds its own. */
const logisticPenalties = [0.01, 0.1, 1, 10, 100];

/** A way to fit that was judged: with which settings, and the mean loss of rows that it did not see. */
export interface Trial extends Pick<Candidate, "loss"> {
  readonly model: Candidate["name"];
  readonly settings: Readonly<Record<string, number | "chosen by the fit">>;
}
export type HearTrial = (trial: Trial) => void;

/** The linear model with the penalty that judges best. */
export function linearCandidate(matrix: Matrix, target: Target, folds: readonly Fold[], tried: HearTrial, penalty?: number): Candidate {
  const parts = folds.map(({ fit }) => ({ matrix: takeRows(matrix, fit), target: takeTarget(target, fit) }));
  const judged = (strength: number | undefined): Candidate => {
    const predictions = gathered(matrix, target, folds, (fold) => fitLinear(parts[fold]?.matrix ?? matrix, parts[fold]?.target ?? target, strength));
    const loss = predictionLoss(target, predictions);
    tried({ model: "linear", settings: { penalty: strength ?? "chosen by the fit" }, loss });
    return { name: "linear", predictions, loss, fit: (rows, values) => fitLinear(rows, values, strength) };
  };
  const strengths = penalty === undefined && target.kind === "classes" ? logisticPenalties : [penalty];
  return strengths.map(judged).reduce((best, next) => (next.loss < best.loss ? next : best));
}

/** The round after which the folds together judge best; a fold that ended early stays at its last loss. */
function bestRound(losses: readonly (readonly number[])[], sizes: readonly number[]): number {
  const rounds = Math.max(...losses.map(({ length }) => length));
  const sums = Array.from({ length: rounds }, (_, round) =>
    losses.reduce((sum, curve, fold) => sum + (curve[Math.min(round, curve.length - 1)] ?? 0) * (sizes[fold] ?? 0), 0),
  );
  return sums.indexOf(Math.min(...sums)) + 1;
}

/** Boosted trees, as many rounds as judge best over all folds. */
export function boostingCandidate(matrix: Matrix, target: Target, folds: readonly Fold[], tried: HearTrial, setting: BoostingSetting): Candidate {
  const fitted = folds.map(({ fit, judge }) =>
    fitBoosting(takeRows(matrix, fit), takeTarget(target, fit), setting, { matrix: takeRows(matrix, judge), target: takeTarget(target, judge) }),
  );
  const rounds = bestRound(
    fitted.map(({ losses }) => losses),
    folds.map(({ judge }) => judge.length),
  );
  const predictions = gathered(matrix, target, folds, (fold) =>
    firstRounds(fitted[fold]?.model ?? { kind: "boosting", base: new Float32Array(1), trees: [] }, rounds),
  );
  const final = { ...setting, maxRounds: rounds, earlyStoppingRounds: rounds };
  const loss = predictionLoss(target, predictions);
  tried({ model: "boosting", settings: { ...setting, rounds }, loss });
  return { name: "boosting", predictions, loss, fit: (rows, values) => fitBoosting(rows, values, final).model };
}
