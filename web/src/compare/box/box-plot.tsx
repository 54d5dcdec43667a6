import { ticksOf } from "../../charts/ticks.ts";
import { number } from "../../parts/format.ts";
import type { Box } from "./box.ts";
import "../plots.css";

const [width, left, right, row, top] = [720, 150, 20, 34, 26] as const;
const short = (text: string) => (text.length > 20 ? `${text.slice(0, 19)}…` : text);

/** A box from quartile to quartile for each category, with its median, whiskers and outliers. The table beneath says the same. */
export function BoxPlot({ boxes, label, axis }: { readonly boxes: readonly Box[]; readonly label: string; readonly axis: string }) {
  const values = boxes.flatMap(({ whiskers, outliers }) => [...whiskers, ...outliers.map(({ value }) => value)]);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = (high - low) * 0.04 || Math.abs(low) * 0.1 || 1;
  const across = (value: number) => left + ((value - low + room) / (high - low + 2 * room)) * (width - left - right);
  const bottom = top + boxes.length * row;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard (WCAG 2.1.1)
    <section className="box-plot" aria-label={label} tabIndex={0}>
      <svg viewBox={`0 0 ${width} ${bottom + 46}`} role="img" aria-label={`${label}; the table below says the same`}>
        {ticksOf(low - room, high + room, false).map((tick) => (
          <g key={tick} className="plot-tick" transform={`translate(${across(tick)} ${top})`}>
            <path d={`M0 0V${bottom - top}`} />
            <text y={bottom - top + 18} textAnchor="middle">
              {number(tick)}
            </text>
          </g>
        ))}
        <text className="plot-name" x={(left + width - right) / 2} y={bottom + 40} textAnchor="middle">
          {axis}
        </text>
        {boxes.map((box, index) => {
          const y = top + index * row + row / 2;
          const [from, to] = box.whiskers.map(across);
          return (
            <g key={box.name} className="plot-box">
              <title>{`${box.name}: median ${number(box.median)} of ${box.count} runs`}</title>
              <text x={left - 12} y={y + 4} textAnchor="end">
                {short(box.name)}
              </text>
              <path d={`M${from} ${y}H${to}M${from} ${y - 6}V${y + 6}M${to} ${y - 6}V${y + 6}`} />
              <rect x={across(box.lower)} y={y - 10} width={Math.max(1, across(box.upper) - across(box.lower))} height={20} />
              <path className="plot-median" d={`M${across(box.median)} ${y - 10}V${y + 10}`} />
              {box.outliers.map(({ id, value }) => (
                <circle key={id} cx={across(value)} cy={y} r={3.5} />
              ))}
            </g>
          );
        })}
      </svg>
    </section>
  );
}
