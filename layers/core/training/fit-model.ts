import type { TrainingOptions } from "#contracts/platform/training.ts";
import { blendWeights } from "./blend.ts";
import type { BoostingSetting } from "./boosting.ts";
import { boostingCandidate, type Candidate, type HearTrial, linearCandidate, type Member, memberPredictions } from "./candidates.ts";
import { type Encoding, encode, fitEncoding } from "./encoding.ts";
import { foldsOf } from "./folds.ts";
import { predictionWidth } from "./link.ts";
import { type Metrics, metricsOf } from "./metrics.ts";
import { randomFrom, shuffle } from "./random.ts";
import { allRows, type Matrix, type Table, takeRows } from "./table.ts";
import { type Target, takeTarget } from "./target.ts";

type Algorithm = "auto" | "linear" | "boosting";

/** A fitted model: the weighted mean of its members' predictions. */
export interface Model {
  readonly features: readonly { readonly name: string; readonly kind: "number" | "text" }[];
  readonly encoding: Encoding;
  readonly members: readonly { readonly weight: number; readonly member: Member }[];
  /** The classes, or the unit of the values. */
  readonly target: Target;
}

export interface Fitted {
  readonly model: Model;
  readonly algorithm: "linear" | "boosting" | "blend";
  /** Of rows that the judged fits had not seen. */
  readonly metrics: Metrics;
}

const defaults = { learningRate: 0.1, maxLeaves: 31, minRowsInLeaf: 20, l2: 0, columnShare: 1, maxRounds: 300, earlyStoppingRounds: 20 };
/** Many rows: large trees. Few rows or much noise: small trees that each see a part of the columns. */
const presets: readonly Partial<typeof defaults>[] = [
  { learningRate: 0.05, maxLeaves: 15, minRowsInLeaf: 10, l2: 1, columnShare: 0.7, maxRounds: 600 },
  { learningRate: 0.1, maxLeaves: 4, minRowsInLeaf: 5, l2: 1, columnShare: 0.5 },
];

/** Choosing looks at no more rows than this; the final fit takes all. */
const maxJudgedRows = 20_000;

function boostingSettings(options: TrainingOptions, seed: number): BoostingSetting[] {
  const given = Object.fromEntries(Object.entries(options).filter(([name, value]) => value !== undefined && Object.hasOwn(defaults, name)));
  const tried = Object.keys(given).length > 0 ? [{}] : presets;
  return tried.map((preset) => ({ ...defaults, ...preset, ...given, seed }));
}

function candidates(algorithm: Algorithm, matrix: Matrix, target: Target, options: TrainingOptions, seed: number, tried: HearTrial): Candidate[] {
  const folds = foldsOf(target, matrix.rows, Math.min(options.folds ?? 5, matrix.rows), seed);
  return [
    ...(algorithm === "boosting" ? [] : [linearCandidate(matrix, target, folds, tried, options.penalty)]),
    ...(algorithm === "linear" ? [] : boostingSettings(options, seed).map((setting) => boostingCandidate(matrix, target, folds, tried, setting))),
  ];
}

/**
 * Fits a model. `auto` judges a linear model and boosted trees by cross-validation and takes the better, or a blend where that is better
 * still. The same input gives the same model, to the bit.
 * @param tried hears of every way to fit as soon as it is judged
 */
export function fitModel(
  table: Table,
  target: Target,
  algorithm: Algorithm,
  options: TrainingOptions,
  seed: number,
  tried: HearTrial = () => undefined,
): Fitted {
  const encoding = fitEncoding(table);
  const matrix = encode(encoding, table);
  const judgedRows = shuffle(allRows(table.rows), randomFrom(seed)).subarray(0, maxJudgedRows);
  const judged = table.rows > maxJudgedRows ? { matrix: takeRows(matrix, judgedRows), target: takeTarget(target, judgedRows) } : { matrix, target };
  const found = candidates(algorithm, judged.matrix, judged.target, options, seed, tried);
  const weights = blendWeights(judged.target, found);
  const used = found.flatMap((candidate, index) => ((weights[index] ?? 0) > 0 ? [{ candidate, weight: weights[index] ?? 0 }] : []));
  const kinds = new Set(used.map(({ candidate }) => candidate.name));
  const [only = "linear"] = kinds;
  return {
    model: {
      features: table.columns.map(({ name, kind }) => ({ name, kind })),
      encoding,
      members: used.map(({ candidate, weight }) => ({ weight: Math.fround(weight), member: candidate.fit(matrix, target) })),
      target,
    },
    algorithm: kinds.size > 1 ? "blend" : only,
    metrics: metricsOf(judged.target, averaged(used.map(({ candidate, weight }) => ({ weight, predictions: candidate.predictions })))),
  };
}

function averaged(parts: readonly { readonly weight: number; readonly predictions: Float64Array }[]): Float64Array {
  const sum = new Float64Array(parts[0]?.predictions.length ?? 0);
  for (const { weight, predictions } of parts) for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] ?? 0) + weight * (predictions[i] ?? 0);
  return sum;
}

/** What the model says of each row: the standardised value, or a probability for each class. Row-major. */
export function predict({ encoding, members, target }: Model, table: Table): Float64Array {
  const matrix = encode(encoding, table);
  return averaged(members.map(({ weight, member }) => ({ weight, predictions: memberPredictions(member, matrix, predictionWidth(target)) })));
}
