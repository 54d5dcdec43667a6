import type { Variant } from "#contracts/platform/endpoint.ts";
import { doesNotExist } from "../errors.ts";
import { askedRows, exampleCells, featureNames } from "../monitoring/captured-rows.ts";
import type { CaptureStore } from "../monitoring/captures.ts";
import { getEndpoint } from "./endpoints.ts";
import type { WatchingContext } from "./serving-context.ts";

type Cells = Readonly<Record<string, number | string | boolean | null>>;
export interface ExampleRow {
  readonly cells: Record<string, number | string | boolean | null>;
  readonly source: "inputExample" | "captured";
  /** When a client asked it, in milliseconds since the epoch. */
  readonly at?: number;
}

/** Where example rows come from. */
export interface ExampleSources {
  /** The input example that was logged beside a model: a request in any protocol that endpoints speak. Undefined where there is none that can be read. */
  logged(modelUri: string): Promise<unknown>;
  readonly captures: Pick<CaptureStore, "list" | "records">;
}

const lookBackMs = 2 * 86_400_000;
/** The newest files that one question reads. */
const mostFiles = 4;
const mostRows = 50;
/** More than that is no row to look at. */
const mostCells = 1000;

/** Cells by the model's names, in its order. A row that names nothing is read by position. A column that it lacks is left out. */
function named(cells: Cells, features: readonly string[] | undefined): Record<string, number | string | boolean | null> {
  if (!features) return { ...cells };
  const byPosition = featureNames(features);
  const known = new Map(Object.entries(cells).map(([name, cell]) => [byPosition.get(name) ?? name, cell]));
  return Object.fromEntries(features.flatMap((name) => (known.has(name) ? [[name, known.get(name) ?? null]] : [])));
}

async function captured({ captures }: ExampleSources, endpoint: string, variant: Variant, now: number): Promise<ExampleRow[]> {
  const hours = await captures.list({ endpoint, variant: variant.name }, now - lookBackMs, now + 1);
  const keys = hours.toReversed().flatMap((hour) => hour.keys);
  const records = (await Promise.all(keys.slice(0, mostFiles).map((key) => captures.records(key)))).flat();
  const rows = records
    .flatMap(askedRows)
    .map(({ cells, inferenceTime }) => ({ cells: { ...cells }, source: "captured" as const, at: Date.parse(inferenceTime) }));
  return rows.toSorted((left, right) => right.at - left.at);
}

/** The first of those that are alike. */
function different(rows: readonly ExampleRow[]): ExampleRow[] {
  const found = new Map<string, ExampleRow>();
  for (const row of rows) {
    const key = JSON.stringify(row.cells);
    if (!found.has(key)) found.set(key, row);
    if (found.size === mostRows) break;
  }
  return [...found.values()];
}

/**
 * Rows to try a variant with: its model's input example first, then what clients asked it, the latest first. A row that was asked again and again shows once.
 * @param wanted the variant; without it the one with the largest share
 * @throws DomainError when there is no such endpoint or variant
 */
export async function exampleRows(
  ctx: Pick<WatchingContext, "endpoints" | "now">,
  sources: ExampleSources,
  name: string,
  wanted: string | undefined,
): Promise<{ readonly variant: string; readonly rows: ExampleRow[] }> {
  const { variants } = await getEndpoint(ctx, name);
  const variant = variants.toSorted((left, right) => right.weight - left.weight).find((one) => wanted === undefined || one.name === wanted);
  if (!variant) throw doesNotExist(`variant ${wanted ?? ""} of endpoint ${name} not found`);
  const [logged, asked] = await Promise.all([sources.logged(variant.modelUri), captured(sources, name, variant, ctx.now())]);
  const all: ExampleRow[] = [...exampleCells(logged).map((cells) => ({ cells: { ...cells }, source: "inputExample" as const })), ...asked];
  const rows = all.map((row) => ({ ...row, cells: named(row.cells, variant.signature?.featureNames) }));
  return { variant: variant.name, rows: different(rows.filter(({ cells }) => Object.keys(cells).length > 0 && Object.keys(cells).length <= mostCells)) };
}
