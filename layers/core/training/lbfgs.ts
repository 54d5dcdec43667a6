/** Value at a point; the gradient is written into `gradient`. */
export type Objective = (point: Float64Array, gradient: Float64Array) => number;

const dot = (a: Float64Array, b: Float64Array) => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
};
const moved = (from: Float64Array, by: Float64Array, step: number) => from.map((value, i) => value + step * (by[i] ?? 0));

interface Step {
  readonly s: Float64Array;
  readonly y: Float64Array;
  readonly rho: number;
}

/** The two-loop recursion: minus the approximate inverse Hessian times the gradient (Nocedal and Wright, algorithm 7.4). */
function direction(gradient: Float64Array, history: readonly Step[]): Float64Array {
  let q = gradient.map((value) => -value);
  const alphas: number[] = [];
  for (const { s, y, rho } of history.toReversed()) {
    const alpha = rho * dot(s, q);
    alphas.push(alpha);
    q = moved(q, y, -alpha);
  }
  const last = history.at(-1);
  if (last) {
    const scale = 1 / (last.rho * dot(last.y, last.y));
    q = q.map((value) => value * scale);
  }
  for (const { s, y, rho } of history) q = moved(q, s, (alphas.pop() ?? 0) - rho * dot(y, q));
  return q;
}

/** Minimises a smooth convex function by limited-memory BFGS with a halving line search (Armijo). Stops when no entry of the gradient exceeds `tolerance`. */
export function minimise(objective: Objective, start: Float64Array, { iterations = 200, tolerance = 1e-6, memory = 10 } = {}): Float64Array {
  let point = start;
  let gradient = new Float64Array(start.length);
  let value = objective(point, gradient);
  const history: Step[] = [];
  for (let iteration = 0; iteration < iterations; iteration++) {
    if (gradient.every((entry) => Math.abs(entry) <= tolerance)) break;
    const along = direction(gradient, history);
    const slope = dot(along, gradient);
    let step = history.length === 0 ? Math.min(1, 1 / Math.sqrt(dot(gradient, gradient))) : 1;
    const nextGradient = new Float64Array(start.length);
    let next = moved(point, along, step);
    let nextValue = objective(next, nextGradient);
    while (!(nextValue <= value + 1e-4 * step * slope) && step > 1e-10) {
      step /= 2;
      next = moved(point, along, step);
      nextValue = objective(next, nextGradient);
    }
    if (step <= 1e-10) break;
    const s = moved(next, point, -1);
    const y = moved(nextGradient, gradient, -1);
    const curvature = dot(s, y);
    if (curvature > 1e-12) history.push({ s, y, rho: 1 / curvature });
    if (history.length > memory) history.shift();
    point = next;
    value = nextValue;
    gradient = nextGradient;
  }
  return point;
}
