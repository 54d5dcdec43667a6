import type { ColumnReport } from "#contracts/platform/drift-report.ts";
import { type Html, html } from "./html.ts";

type Histogram = NonNullable<ColumnReport["histogram"]>;
const width = 320;
const height = 96;
const floor = height - 16;

const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
const clipped = (label: string, length: number) => (label.length > length ? `${label.slice(0, length - 1)}…` : label);
const at = (value: number) => Number(value.toFixed(2));

/** Both distributions as pairs of bars over the same bins; the exact shares are in each pair's tooltip. */
export function histogramChart(name: string, { labels, reference, current }: Histogram): Html {
  const most = Math.max(...reference, ...current, 1e-9);
  const slot = width / labels.length;
  const bar = Math.min(24, slot * 0.42);
  const rect = (series: string, x: number, share: number) => {
    const tall = share === 0 ? 0 : Math.max(1, (share / most) * (floor - 4));
    return html`<rect class="${series}" x="${at(x)}" y="${at(floor - tall)}" width="${at(bar)}" height="${at(tall)}" rx="1"/>`;
  };
  const bars = labels.map((label, k) => {
    const middle = slot * (k + 0.5);
    const [before, after] = [reference[k] ?? 0, current[k] ?? 0];
    return html`<g><title>${label}: reference ${percent(before)}, current ${percent(after)}</title><rect class="hit" x="${at(slot * k)}" y="0" width="${at(slot)}" height="${floor}"/>${rect("reference", middle - bar, before)}${rect("current", middle, after)}</g>`;
  });
  const text = (x: number, anchor: string, label: string, length: number) =>
    html`<text x="${at(x)}" y="${height - 3}" text-anchor="${anchor}">${clipped(label, length)}</text>`;
  // Where a name has less room than about four letters, only the two ends are named.
  const names =
    slot < 26
      ? [text(0, "start", labels[0] ?? "", 22), text(width, "end", labels.at(-1) ?? "", 22)]
      : labels.map((label, k) => text(slot * (k + 0.5), "middle", label, Math.floor(slot / 6)));
  return html`<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${`Distribution of ${name}: reference beside current`}"><line class="axis" x1="0" x2="${width}" y1="${floor}" y2="${floor}"/>${bars}${names}</svg>`;
}
