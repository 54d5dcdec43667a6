import { number } from "../parts/format.ts";
import { styleOf } from "./palette.ts";
import { entriesOf, type Series } from "./series.ts";
import { ticksOf } from "./ticks.ts";

export interface Drawn {
  readonly title: string;
  readonly xLabel: string;
  readonly xText: (x: number) => string;
  readonly series: readonly Series[];
  /** What is shown of each axis. */
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  readonly logX: boolean;
  readonly logY: boolean;
  readonly isDark: boolean;
}
const width = 900;
const frame = { left: 80, right: 20, top: 44, bottom: 60, height: 400 } as const;
const lineHeight = 20;

const escaped = (text: string) => text.replaceAll(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
const rounded = (value: number) => String(Math.round(value * 100) / 100);
const place = (value: number, [min, max]: readonly [number, number], isLog: boolean) =>
  isLog ? (Math.log10(value) - Math.log10(min)) / (Math.log10(max) - Math.log10(min)) : (value - min) / (max - min);

/** The rows that lie together without a gap. */
function stretches(xs: readonly number[], isDrawn: (at: number, row: number) => boolean): readonly (readonly number[])[] {
  const found: number[][] = [];
  for (const [row, at] of xs.entries()) {
    if (!isDrawn(at, row)) continue;
    if (found.at(-1)?.at(-1) === row - 1) found.at(-1)?.push(row);
    else found.push([row]);
  }
  return found;
}

/** A chart as a drawing without an end to its sharpness (SVG 1.1): what is shown, with its title, its axes and the names of its lines. */
export function chartSvg({ title, xLabel, xText, series, x, y, logX, logY, isDark }: Drawn): string {
  const [ink, faint, paper] = isDark ? ["#dedee3", "#333f4a", "#161d26"] : ["#0f141a", "#e5e5ec", "#ffffff"];
  const inner = { width: width - frame.left - frame.right, height: frame.height - frame.top - frame.bottom };
  const across = (value: number) => frame.left + place(value, x, logX) * inner.width;
  const up = (value: number) => frame.top + (1 - place(value, y, logY)) * inner.height;
  const isDrawn = (at: number | undefined, value: number | undefined): value is number =>
    at !== undefined && value !== undefined && Number.isFinite(value) && (!logX || at > 0) && (!logY || value > 0);
  const point = (at: number, value: number) => `${rounded(across(at))} ${rounded(up(value))}`;
  const path = (xs: readonly number[], ys: readonly number[]) =>
    stretches(xs, (at, index) => isDrawn(at, ys[index]))
      .map((rows) => `M${rows.map((row) => point(xs[row] ?? 0, ys[row] ?? 0)).join("L")}`)
      .join("");
  const area = ({ x: xs, band }: Series) =>
    stretches(xs, (at, index) => isDrawn(at, band?.low[index]) && isDrawn(at, band?.high[index]))
      .map((rows) => {
        const edge = [
          ...rows.map((row) => point(xs[row] ?? 0, band?.high[row] ?? 0)),
          ...rows.toReversed().map((row) => point(xs[row] ?? 0, band?.low[row] ?? 0)),
        ];
        return `M${edge.join("L")}Z`;
      })
      .join("");
  const lines = series.map((one) => {
    const { colour, dash } = styleOf(one.colour, isDark);
    const band = one.band ? `<path d="${area(one)}" fill="${colour}" fill-opacity="0.18"/>` : "";
    const dashes = one.isGhost || dash.length === 0 ? "" : ` stroke-dasharray="${dash.join(" ")}"`;
    const look = one.isGhost ? `stroke-width="1" stroke-opacity="0.33"` : `stroke-width="2"`;
    return `${band}<path d="${path(one.x, one.y)}" fill="none" stroke="${colour}" ${look}${dashes}/>`;
  });
  const bottom = frame.height - frame.bottom;
  const xTicks = ticksOf(...x, logX).map(
    (tick) =>
      `<path d="M${rounded(across(tick))} ${frame.top}V${bottom}" stroke="${faint}"/><text x="${rounded(across(tick))}" y="${bottom + 18}" text-anchor="middle">${escaped(xText(tick))}</text>`,
  );
  const yTicks = ticksOf(...y, logY).map(
    (tick) =>
      `<path d="M${frame.left} ${rounded(up(tick))}H${width - frame.right}" stroke="${faint}"/><text x="${frame.left - 8}" y="${rounded(up(tick) + 4)}" text-anchor="end">${escaped(number(tick))}</text>`,
  );
  const entries = entriesOf(series).map(({ label, colour }, index) => {
    const at = frame.height + index * lineHeight;
    const style = styleOf(colour, isDark);
    return `<path d="M8 ${at}H36" stroke="${style.colour}" stroke-width="3" stroke-dasharray="${style.dash.join(" ")}"/><text x="44" y="${at + 4}">${escaped(label)}</text>`;
  });
  const height = frame.height + (entries.length + 1) * lineHeight;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" font-size="12" fill="${ink}">`,
    `<rect width="${width}" height="${height}" fill="${paper}"/><text x="8" y="24" font-size="16" font-weight="600">${escaped(title)}</text>`,
    `<clipPath id="inner"><rect x="${frame.left}" y="${frame.top}" width="${inner.width}" height="${inner.height}"/></clipPath>`,
    ...xTicks,
    ...yTicks,
    `<text x="${frame.left + inner.width / 2}" y="${bottom + 40}" text-anchor="middle" font-weight="600">${escaped(xLabel)}</text>`,
    `<g clip-path="url(#inner)">${lines.join("")}</g>`,
    ...entries,
    "</svg>",
  ].join("\n");
}
