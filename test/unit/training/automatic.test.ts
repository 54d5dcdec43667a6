import { describe, expect, it } from "vitest";
import { fitModel, predict } from "#core/training/fit-model.ts";
import { metricsOf } from "#core/training/metrics.ts";
import { dataSet, type SetName, splitOf } from "#test/support/automl-sets.ts";

const bars: readonly (readonly [SetName, "classification" | "regression", string, number])[] = [
  ["breast_cancer", "classification", "auc", 0.99],
  ["wine", "classification", "accuracy", 0.98],
  ["diabetes", "regression", "r2", 0.39],
  ["cal_like", "regression", "r2", 0.835],
];

describe("automatic training", () => {
  it.each(bars)(
    "reaches on unseen rows of %s (%s) a mean %s of at least %d over five splits",
    (name, problem, metric, bar) => {
      const set = dataSet(name);

      const reached = set.splits.map((rows) => {
        const { fit, test } = splitOf(set, problem, rows);
        const { model } = fitModel(fit.table, fit.target, "auto", {}, 7);
        return metricsOf(test.target, predict(model, test.table))[metric] ?? 0;
      });

      expect(reached.reduce((sum, value) => sum + value, 0) / reached.length).toBeGreaterThanOrEqual(bar);
    },
    120_000,
  );
});
