import type { metricsContract } from "#contracts/mlflow/metrics.ts";
import { mlflow } from "../address.ts";
import { type ReplyOf, read } from "../client.ts";
import { offer } from "../parts/download.ts";
import { chartSvg, type Drawn } from "./chart-svg.ts";
import { styleOf } from "./palette.ts";
import { entriesOf, type Series } from "./series.ts";

type Page = ReplyOf<typeof metricsContract, "getMetricHistory">;
type Point = NonNullable<Page["metrics"]>[number];

const fileName = (title: string, ending: string) => `${title.replaceAll(/[^\w.-]+/g, "-")}.${ending}`;

async function historyOf(runId: string, metricKey: string): Promise<readonly Point[]> {
  const points: Point[] = [];
  let token: string | undefined;
  do {
    const page: Page = await read<Page>(mlflow("metrics/get-history", { run_id: runId, metric_key: metricKey, page_token: token }));
    points.push(...(page.metrics ?? []));
    token = page.next_page_token || undefined;
  } while (token !== undefined);
  return points;
}

/** A cell as RFC 4180 quotes it; a text that a spreadsheet would run as a formula is led by an apostrophe (OWASP, CSV injection). */
export const csvCell = (value: unknown): string => {
  const text = String(value);
  const inert = /^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text;
  return /[",\r\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
};

/** Every point of some metrics of some runs, not only those that are drawn. */
export async function saveCsv(runs: readonly { readonly id: string; readonly name: string }[], metricKeys: readonly string[], title: string): Promise<void> {
  const rows = [["run_id", "run", "metric", "step", "timestamp", "value"].join(",")];
  for (const { id, name } of runs) {
    for (const key of metricKeys) {
      for (const { step, timestamp, value } of await historyOf(id, key))
        rows.push([id, name, key, step, new Date(Number(timestamp)).toISOString(), value].map(csvCell).join(","));
    }
  }
  offer(new Blob([`${rows.join("\r\n")}\r\n`], { type: "text/csv" }), fileName(title, "csv"));
}

/** The chart as it is drawn, with its title and its lines' names. */
export function savePng(drawn: HTMLCanvasElement, series: readonly Series[], title: string, isDark: boolean): void {
  const scale = devicePixelRatio;
  const line = 20 * scale;
  const named = entriesOf(series).slice(0, 40);
  const canvas = Object.assign(document.createElement("canvas"), { width: drawn.width, height: drawn.height + line * (named.length + 2) });
  const ctx = canvas.getContext("2d");
  if (!ctx) return;
  ctx.fillStyle = isDark ? "#161d26" : "#ffffff";
  ctx.fillRect(0, 0, canvas.width, canvas.height);
  ctx.fillStyle = isDark ? "#dedee3" : "#0f141a";
  ctx.font = `600 ${14 * scale}px system-ui, sans-serif`;
  ctx.fillText(title, 8 * scale, line);
  ctx.drawImage(drawn, 0, line * 1.5);
  ctx.font = `${12 * scale}px system-ui, sans-serif`;
  for (const [index, { label, colour }] of named.entries()) {
    const y = drawn.height + line * (index + 2);
    ctx.fillText(label, 44 * scale, y);
    const style = styleOf(colour, isDark);
    ctx.strokeStyle = style.colour;
    ctx.lineWidth = 3 * scale;
    ctx.setLineDash(style.dash.map((length) => length * scale));
    ctx.beginPath();
    ctx.moveTo(8 * scale, y - 4 * scale);
    ctx.lineTo(36 * scale, y - 4 * scale);
    ctx.stroke();
  }
  canvas.toBlob((blob) => blob && offer(blob, fileName(title, "png")));
}

/** The chart as it is drawn, as SVG. */
export const saveSvg = (drawn: Drawn): void => offer(new Blob([chartSvg(drawn)], { type: "image/svg+xml" }), fileName(drawn.title, "svg"));
