const width = 120;
const height = 28;
const edge = 3;

interface SparklineProps {
  /** What the line says, for who does not see it. */
  readonly label: string;
  /** In order; null or a number that is none leaves a gap. */
  readonly values: readonly (number | null)[];
  /** `error` draws the eye, `calm` leaves it in peace. @default "value" */
  readonly kind?: "value" | "error" | "calm";
  /** The scale begins at nought, for counts and rates. @default false */
  readonly fromZero?: boolean;
}

const isShown = (value: number | null): value is number => value !== null && Number.isFinite(value);

/** A line without axes: how something moved, at a glance. Its numbers stand beside it as text. */
export function Sparkline({ label, values, kind = "value", fromZero = false }: SparklineProps) {
  const shown = values.filter(isShown);
  const low = fromZero ? 0 : Math.min(...shown);
  const span = Math.max(...shown) - low || 1;
  const across = (width - 2 * edge) / Math.max(1, values.length - 1);
  const points = values.map((value, index) =>
    isShown(value) ? ([edge + index * across, height - edge - ((value - low) / span) * (height - 2 * edge)] as const) : undefined,
  );
  const path = points.map((point, index) => (point ? `${points[index - 1] ? "L" : "M"}${point[0].toFixed(1)} ${point[1].toFixed(1)}` : "")).join("");
  const last = points.findLast((point) => point !== undefined);
  return (
    <svg className={`sparkline sparkline-${kind}`} viewBox={`0 0 ${width} ${height}`} width={width} height={height} role="img" aria-label={label}>
      <path d={path} />
      {last && <circle cx={last[0]} cy={last[1]} r="2.5" />}
    </svg>
  );
}
