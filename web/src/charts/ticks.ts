const wanted = 6;

/** Round places within a stretch: powers of ten and, where these are few, their doubles and fives on a logarithmic axis; else multiples of 1, 2 or 5 times a power of ten. */
export function ticksOf(min: number, max: number, isLog: boolean): readonly number[] {
  if (!(max > min)) return [min];
  if (isLog) {
    const powers = Array.from(
      { length: Math.ceil(Math.log10(max)) - Math.floor(Math.log10(min)) + 1 },
      (_, index) => 10 ** (Math.floor(Math.log10(min)) + index),
    );
    const factors = powers.length > 4 ? [1] : [1, 2, 5];
    return powers.flatMap((power) => factors.map((factor) => Number((power * factor).toPrecision(3)))).filter((tick) => tick >= min && tick <= max);
  }
  const rough = (max - min) / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough) ?? 10 * power;
  const first = Math.ceil(min / step);
  return Array.from({ length: Math.floor(max / step) - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)));
}
