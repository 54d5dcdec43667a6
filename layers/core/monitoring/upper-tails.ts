/**
 * Upper tails of the distributions that our tests need, each computed as a tail: 1 - cdf would lose every p below 1e-16.
 */

const lanczos = [
  0.999_999_999_999_809_9, 676.520_368_121_885_1, -1259.139_216_722_402_8, 771.323_428_777_653_1, -176.615_029_162_140_6, 12.507_343_278_686_905,
  -0.138_571_095_265_720_12, 9.984_369_578_019_572e-6, 1.505_632_735_149_311_6e-7,
] as const;

/** ln Gamma(x) for x > 0 (Lanczos approximation, g = 7), to about 15 digits. */
function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const z = x - 1;
  const sum = lanczos.reduce((total, coefficient, k) => (k === 0 ? coefficient : total + coefficient / (z + k)), 0);
  const t = z + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(sum);
}

/** Sum of the series for the lower incomplete gamma function P(a, x); converges fast for x < a + 1. */
function lowerGammaSeries(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let k = 1; k < 10_000 && Math.abs(term) > Math.abs(sum) * 1e-16; k += 1) {
    term *= x / (a + k);
    sum += term;
  }
  return sum * Math.exp(-x + a * Math.log(x) - logGamma(a));
}

/** Continued fraction of the upper incomplete gamma function Q(a, x), by Lentz's method; for x >= a + 1. */
function upperGammaFraction(a: number, x: number): number {
  const tiny = 1e-300;
  let b = x + 1 - a;
  let c = 1 / tiny;
  let d = 1 / b;
  let fraction = d;
  for (let k = 1; k < 10_000; k += 1) {
    const an = -k * (k - a);
    b += 2;
    d = 1 / (Math.abs(an * d + b) < tiny ? tiny : an * d + b);
    c = Math.abs(b + an / c) < tiny ? tiny : b + an / c;
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 1e-16) break;
  }
  return fraction * Math.exp(-x + a * Math.log(x) - logGamma(a));
}

/** Q(a, x) = Gamma(a, x) / Gamma(a), for a > 0 and x >= 0. */
function upperGamma(a: number, x: number): number {
  if (x <= 0) return 1;
  return x < a + 1 ? 1 - lowerGammaSeries(a, x) : upperGammaFraction(a, x);
}

/** P(X >= x) for chi-square with `degrees` degrees of freedom. */
export const chiSquareTail = (x: number, degrees: number): number => (degrees <= 0 ? 1 : upperGamma(degrees / 2, x / 2));

/** P(|Z| >= |z|) for the standard normal: Z squared is chi-square with one degree of freedom. */
export const normalTwoSided = (z: number): number => upperGamma(0.5, (z * z) / 2);

/** P(sqrt(n) D >= t) in the limit of large samples (Kolmogorov 1933): 2 sum (-1)^(k-1) exp(-2 k^2 t^2). */
export function kolmogorovTail(t: number): number {
  // The alternating series needs many terms near zero, where the answer is 1 to 15 digits anyway.
  if (t < 0.2) return 1;
  let sum = 0;
  for (let k = 1; k <= 100; k += 1) {
    const term = Math.exp(-2 * k * k * t * t);
    sum += k % 2 === 1 ? term : -term;
    if (term < 1e-18 * Math.abs(sum)) break;
  }
  return Math.min(1, Math.max(0, 2 * sum));
}
