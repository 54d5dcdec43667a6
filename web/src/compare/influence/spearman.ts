/** The rank of each value from 1; equal values share the mean of their ranks. */
export function ranksOf(values: readonly number[]): readonly number[] {
  const order = [...values.keys()].toSorted((left, right) => (values[left] ?? 0) - (values[right] ?? 0));
  const ranks = new Array<number>(values.length).fill(0);
  for (let first = 0; first < order.length; ) {
    let last = first;
    while (last + 1 < order.length && values[order[last + 1] ?? 0] === values[order[first] ?? 0]) last += 1;
    for (let at = first; at <= last; at += 1) ranks[order[at] ?? 0] = (first + last) / 2 + 1;
    first = last + 1;
  }
  return ranks;
}

/**
 * Spearman's rank correlation: Pearson's of the ranks, which is right with ties too (Kendall and Gibbons 1990, section 3.8), as `scipy.stats.spearmanr`.
 * Undefined for fewer than three pairs, and where one side does not vary. @param pairs of finite numbers
 */
export function spearman(pairs: readonly (readonly [number, number])[]): number | undefined {
  if (pairs.length < 3) return undefined;
  const [left, right] = [ranksOf(pairs.map(([x]) => x)), ranksOf(pairs.map(([, y]) => y))];
  const middle = (pairs.length + 1) / 2;
  let [both, leftSquares, rightSquares] = [0, 0, 0];
  for (const [index, rank] of left.entries()) {
    const [x, y] = [rank - middle, (right[index] ?? middle) - middle];
    both += x * y;
    leftSquares += x * x;
    rightSquares += y * y;
  }
  return leftSquares === 0 || rightSquares === 0 ? undefined : both / Math.sqrt(leftSquares * rightSquares);
}
