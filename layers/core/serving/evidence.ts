/** What two sides did in one span of time: trials, and those of them that went wrong. */
export interface Stratum {
  readonly canaryTrials: number;
  readonly canaryEvents: number;
  readonly baselineTrials: number;
  readonly baselineEvents: number;
}

/** How many times more often than allowed the canary may really fail: the alternatives that share the bet. */
const alternatives = [1.25, 1.6, 2.5, 5, 12, 40] as const;

/** Given that an event happened, the chance that it was the canary's, when it fails `ratio` times as often as the baseline. */
const canaryShare = (ratio: number, { canaryTrials, baselineTrials }: Stratum) => (ratio * canaryTrials) / (ratio * canaryTrials + baselineTrials);

/**
 * Evidence that the canary fails more than `ratio` times as often as the baseline, as an e-value: it reaches 1/a with a chance of
 * at most a when that is not so, however often one looks and whenever one stops.
 *
 * Given the events of a span, how many are the canary's depends on the ratio of the two rates alone, not on the rates: so the
 * likelihood ratios of the spans multiply, changing traffic shares and busy hours cannot mislead, and a baseline with no failure
 * at all is no special case. The e-value is the mean over a few alternatives. Sources: J. ter Schure, M. Perez-Ortiz, A. Ly,
 * P. Gruenwald, "The safe logrank test" (2020); that drawing without replacement only makes it smaller, W. Hoeffding (1963), theorem 4.
 */
export function evidenceOfExcess(strata: readonly Stratum[], ratio: number): number {
  const usable = strata.filter(({ canaryTrials, baselineTrials }) => canaryTrials > 0 && baselineTrials > 0);
  const logs = alternatives.map((factor) =>
    usable.reduce((sum, stratum) => {
      const allowed = canaryShare(ratio, stratum);
      const supposed = canaryShare(ratio * factor, stratum);
      return sum + stratum.canaryEvents * Math.log(supposed / allowed) + stratum.baselineEvents * Math.log((1 - supposed) / (1 - allowed));
    }, 0),
  );
  const largest = Math.max(...logs);
  const value = Math.exp(largest) * logs.reduce((sum, log) => sum + Math.exp(log - largest), 0) * (1 / alternatives.length);
  return Math.min(value, 1e12);
}

/** z with P(N > z) <= p, from the bound exp(-z^2 / 2): a little larger than the quantile, which only makes a test more careful. */
export const carefulZ = (p: number): number => Math.sqrt(-2 * Math.log(p));

/** The lower end of a share's interval. Source: E. B. Wilson (1927). */
export function wilsonLower(events: number, trials: number, z: number): number {
  if (trials === 0) return 0;
  const share = events / trials;
  const centre = share + (z * z) / (2 * trials);
  const spread = z * Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials));
  return Math.max(0, (centre - spread) / (1 + (z * z) / trials));
}

/** Ranks between which a quantile lies: its binomial band, counted from 1 and not limited to the count. */
export function quantileRanks(count: number, share: number, z: number): readonly [number, number] {
  const spread = z * Math.sqrt(count * share * (1 - share));
  return [Math.floor(count * share - spread), Math.ceil(count * share + spread) + 1];
}
