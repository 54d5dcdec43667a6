const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const steps = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((count) => count * second),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minute),
  ...[1, 2, 3, 6, 12].map((count) => count * hour),
  ...[1, 2, 7, 14].map((count) => count * day),
];

/** Round times gone by since the beginning, at most `most` of them, that fit in a span. Milliseconds; the first is 0. */
export function ticks(span: number, most = 6): readonly number[] {
  const step = steps.find((one) => span / one < most) ?? 14 * day * Math.ceil(span / (14 * day * most));
  return Array.from({ length: Math.floor(span / step) + 1 }, (_none, index) => index * step);
}
