import { type CellColumn, plainTexts } from "../search/columns.ts";
import type { Experiment } from "./experiment.ts";
import { stageWithin } from "./lifecycle.ts";
import type { ColumnName, RecordSegment } from "./record-index.ts";
import { artifactUriOf, nameTag, statusOf } from "./run.ts";

/** A cell of a run as searches name it: a metric, param or tag by its key, an attribute, or `dataset` for all of its links. */
export interface RunCell {
  readonly entity: "metric" | "param" | "tag" | "attribute" | "dataset";
  readonly key: string;
}
/** Runs of one experiment. */
export interface RunSegment {
  readonly experiment: Experiment;
  readonly segment: RecordSegment;
}

const text = (key: string): ColumnName => ({ entity: "text", key });
const integer = (key: string): ColumnName => ({ entity: "integer", key });
const attributes: Readonly<Record<string, readonly ColumnName[]>> = {
  run_id: [],
  artifact_uri: [],
  run_name: [{ entity: "tag", key: nameTag }, text("name")],
  status: [text("status")],
  user_id: [text("user")],
  start_time: [integer("start")],
  end_time: [integer("end")],
  lifecycle_stage: [text("stage"), integer("epoch")],
};

/** The kept columns that a run's cell is made of. */
function sourcesOf({ entity, key }: RunCell): readonly ColumnName[] {
  if (entity === "attribute") return attributes[key] ?? [];
  return entity === "dataset" ? [{ entity: "link", key: "" }] : [{ entity, key }];
}

const mapped = (column: CellColumn | undefined, count: number, map: (text: string | undefined) => string): CellColumn =>
  column?.kind === "text"
    ? { kind: "text", codes: column.codes, texts: column.texts.map(map) }
    : { kind: "text", codes: new Uint8Array(count), texts: [map(undefined)] };

/** The first of two columns of texts that has one, else an empty text. */
function either(first: CellColumn | undefined, second: CellColumn | undefined, count: number): CellColumn {
  if (second === undefined) return mapped(first, count, (known) => known ?? "");
  const at = (column: CellColumn | undefined, row: number) => (column?.kind === "text" ? column.texts[column.codes[row] ?? 0] : undefined);
  return plainTexts(Array.from({ length: count }, (_, row) => at(first, row) ?? at(second, row) ?? ""));
}

function stages(experiment: Experiment, stage: CellColumn | undefined, epoch: CellColumn | undefined, count: number): CellColumn {
  const codes = Uint8Array.from({ length: count }, (_, row) => {
    const own = stage?.kind === "text" ? stage.texts[stage.codes[row] ?? 0] : undefined;
    if (own !== "active" && own !== "deleted") return experiment.stage === "active" ? 0 : 1;
    const since = epoch?.kind === "number" && epoch.present?.[row] !== 0 ? Number(epoch.values[row]) : 0;
    return stageWithin({ stage: own, epoch: since }, experiment) === "active" ? 0 : 1;
  });
  return { kind: "text", codes, texts: ["active", "deleted"] };
}

function attribute({ experiment, segment }: RunSegment, key: string, kept: readonly (CellColumn | undefined)[]): CellColumn | undefined {
  const { ids } = segment;
  const [first, second] = kept;
  switch (key) {
    case "run_id":
      return plainTexts(ids);
    case "artifact_uri":
      return plainTexts(ids.map((id) => artifactUriOf(experiment, id)));
    case "run_name":
      return either(first, second, ids.length);
    case "status":
      return mapped(first, ids.length, statusOf);
    case "user_id":
      return mapped(first, ids.length, (user) => user ?? "");
    case "start_time":
      return first?.kind === "number" ? { kind: "number", values: first.values } : { kind: "number", values: new Uint8Array(ids.length) };
    case "lifecycle_stage":
      return stages(experiment, first, second, ids.length);
    default:
      return first;
  }
}

/** Columns of runs, in the order of `cells`; undefined where no run has such a cell. */
export async function runColumns(runs: RunSegment, cells: readonly RunCell[]): Promise<readonly (CellColumn | undefined)[]> {
  const sources = cells.map(sourcesOf);
  const kept = await runs.segment.columns(sources.flat());
  let next = 0;
  return cells.map(({ entity, key }, index) => {
    const own = kept.slice(next, next + (sources[index]?.length ?? 0));
    next += own.length;
    return entity === "attribute" ? attribute(runs, key, own) : own[0];
  });
}
