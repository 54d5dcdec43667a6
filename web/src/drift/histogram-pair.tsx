import type { ColumnReply } from "./wire.ts";

const [width, height] = [160, 36];

/** Two distributions over the same bins: the reference filled, the window as a line. The shares are in its description. */
export function HistogramPair({ name, histogram }: { readonly name: string; readonly histogram: NonNullable<ColumnReply["histogram"]> }) {
  const { labels, reference, current } = histogram;
  const top = Math.max(...reference, ...current, 1e-9);
  const step = width / Math.max(1, labels.length);
  const y = (share: number) => height - (share / top) * height;
  const line = current.map((share, index) => `${index === 0 ? "M" : "L"}${index * step} ${y(share)}H${(index + 1) * step}`).join("");
  const told = labels.map((label, index) => `${label}: ${(reference[index] ?? 0).toFixed(3)} then, ${(current[index] ?? 0).toFixed(3)} now`).join("; ");
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={`${name}: ${told}`}>
      {labels.map((label, index) => (
        <rect
          key={label}
          className="then"
          x={index * step}
          y={y(reference[index] ?? 0)}
          width={Math.max(1, step - 1)}
          height={height - y(reference[index] ?? 0)}
        />
      ))}
      <path className="now" d={line} />
    </svg>
  );
}
