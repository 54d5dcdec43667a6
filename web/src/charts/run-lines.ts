import type { Axis } from "#contracts/platform/metric-series.ts";
import { type Joined, joinLines } from "./join-lines.ts";
import type { Series } from "./series.ts";
import { type ChartRun, numberOf, placesOf, type SeriesReply } from "./series-reply.ts";

/** A line with what it is of. */
interface RunLine extends Series {
  readonly run: ChartRun;
  readonly metricKey: string;
}

/** How a series is called beside the others: by what tells it from them. */
export function labelOf(name: string, metricKey: string, { runs, keys }: { readonly runs: number; readonly keys: number }): string {
  if (keys === 1) return name;
  return runs === 1 ? metricKey : `${name} · ${metricKey}`;
}

/** Each metric of each run, and behind a smoothed one its raw values; the lines of a group share its colour and its entry. */
function linesOfRuns({ series }: SeriesReply, runs: readonly ChartRun[], metricKeys: readonly string[], axis: Axis): readonly RunLine[] {
  const among = { runs: runs.length, keys: metricKeys.length };
  const byId = new Map(runs.map((run) => [run.id, run]));
  return series.flatMap((one): RunLine[] => {
    const run = byId.get(one.runId);
    if (!run || one.steps.length === 0) return [];
    const { metricKey } = one;
    const colour = (run.group?.colour ?? run.colour) * metricKeys.length + metricKeys.indexOf(metricKey);
    const label = labelOf(run.name, metricKey, among);
    const entry = run.group
      ? { id: `${run.group.name} ${metricKey}`, label: labelOf(run.group.name, metricKey, among) }
      : { id: `${run.id} ${metricKey}`, label };
    const id = `${run.id} ${metricKey}`;
    const [x, raw] = [placesOf(one, axis), one.values.map(numberOf)];
    const line = { run, metricKey, label, entry, colour, x };
    if (!one.smoothed) return [{ ...line, id, y: raw }];
    return [
      { ...line, id: `${id} raw`, y: raw, isGhost: true },
      { ...line, id, y: one.smoothed.map(numberOf) },
    ];
  });
}

const asLine = ({ mean, low, high, count, x }: Joined, isGhost: boolean): Pick<Series, "x" | "y" | "band" | "isGhost"> =>
  isGhost ? { x, y: mean, isGhost } : { x, y: mean, band: { low, high, count } };

/** The lines of each group as one: their mean, in a band from the lowest to the highest. What is in no group stays as it is. */
function joinedByGroup(lines: readonly RunLine[]): readonly Series[] {
  const groups = Map.groupBy(lines, ({ entry, isGhost = false }) => `${entry?.id} ${isGhost}`);
  return [...groups].flatMap(([id, members]): readonly Series[] => {
    const [first] = members;
    if (!first?.run.group || !first.entry) return members;
    const { entry, colour, isGhost = false } = first;
    return [{ id, label: `${entry.label} (mean of ${members.length})`, entry, colour, ...asLine(joinLines(members), isGhost) }];
  });
}

/** The lines of a reply as the settings draw them, in the order of the palette, those that are pale first. */
export function linesOf(
  reply: SeriesReply,
  runs: readonly ChartRun[],
  metricKeys: readonly string[],
  { axis, drawsEach }: { readonly axis: Axis; readonly drawsEach: boolean },
): readonly Series[] {
  const lines = linesOfRuns(reply, runs, metricKeys, axis);
  const drawn: readonly Series[] = drawsEach ? lines : joinedByGroup(lines);
  return drawn.toSorted((left, right) => Number(right.isGhost ?? false) - Number(left.isGhost ?? false) || left.colour - right.colour);
}
