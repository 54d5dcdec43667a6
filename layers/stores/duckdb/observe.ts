import { basename, join } from "node:path";
import type { MonitorDefinition } from "#contracts/platform/monitors.ts";
import type { DatasetStore } from "#core/data/datasets.ts";
import { doesNotExist } from "#core/errors.ts";
import type { MonitorRunContext } from "#core/monitoring/monitors.ts";
import type { WindowPair } from "#core/monitoring/profile.ts";
import { parseS3Uri } from "#stores/s3/objects.ts";
import { type CapturedFiles, capturedWindow } from "./captured-window.ts";
import { profileWindows } from "./drift.ts";
import { columnsOf } from "./drift-columns.ts";
import { rowCounts } from "./drift-joint.ts";
import { formatOf, normalise } from "./ingest.ts";
import { type DuckDbSession, withDuckDb } from "./session.ts";

interface Reference {
  readonly uri: string;
  /** Local Parquet. */
  readonly file: string;
}
interface ObservationFiles extends CapturedFiles {
  readonly datasets: Pick<DatasetStore, "findVersion">;
}

async function fromUri(session: DuckDbSession, { objects }: CapturedFiles, uri: string): Promise<Reference> {
  const address = parseS3Uri(uri);
  if ((await objects.size(address)) === undefined) throw doesNotExist(`reference ${uri} not found`);
  const source = join(session.folder, `reference-${basename(address.key).replaceAll(/[^\w.-]/g, "_")}`);
  await objects.download(address, source);
  const format = formatOf(uri);
  return { uri, file: format === "parquet" ? source : (await normalise(session, source, format)).file };
}

async function referenceOf(session: DuckDbSession, files: ObservationFiles, { reference, endpoint, variant }: MonitorDefinition): Promise<Reference> {
  if ("uri" in reference) return await fromUri(session, files, reference.uri);
  if ("dataset" in reference) {
    const version = await files.datasets.findVersion(reference.dataset, reference.version);
    if (!version) throw doesNotExist(`version ${reference.version} of dataset ${reference.dataset} not found`);
    return await fromUri(session, files, version.uri);
  }
  const { from, to } = reference.captured;
  const file = await capturedWindow(session, files, { endpoint, variant, fromMs: Date.parse(from), toMs: Date.parse(to) }, [], "reference");
  if (file === undefined) throw doesNotExist(`nothing was captured of endpoint ${endpoint} from ${from} to ${to}`);
  return { uri: `captures/${endpoint} from ${from} to ${to}`, file };
}

const nothingCaptured = (rows: number): WindowPair => ({
  reference: { rows, duplicateRows: 0 },
  current: { rows: 0, duplicateRows: 0 },
  columns: [],
  correlations: [],
  missingColumns: [],
  extraColumns: [],
});

/** Columns to compare: those that the monitor names, or all of the reference's but the ignored ones. */
async function profile(session: DuckDbSession, reference: string, current: string, { features, ignore }: MonitorDefinition): Promise<WindowPair> {
  const windows = await profileWindows(session, { reference, current }, features);
  const ignored = new Set(ignore);
  return {
    ...windows,
    columns: windows.columns.filter(({ name }) => !ignored.has(name)),
    correlations: windows.correlations.filter(({ a, b }) => !ignored.has(a) && !ignored.has(b)),
    missingColumns: windows.missingColumns.filter((name) => !ignored.has(name)),
    // What was captured beyond the reference is the prediction, which a training set does not hold.
    extraColumns: [],
  };
}

/** Profiles a monitor's reference beside what its endpoint captured. @param memoryMiB DuckDB's share */
export const observe = (files: ObservationFiles, memoryMiB: number): MonitorRunContext["observe"] => {
  return async (definition, fromMs, toMs) =>
    await withDuckDb(
      async (session) => {
        const { endpoint, variant, ignore } = definition;
        const reference = await referenceOf(session, files, definition);
        const names = (await columnsOf(session, reference.file)).map(({ name }) => name).filter((name) => !ignore.includes(name));
        const current = await capturedWindow(session, files, { endpoint, variant, fromMs, toMs }, names, "current");
        if (current !== undefined) return { referenceUri: reference.uri, windows: await profile(session, reference.file, current, definition) };
        await session.run(`CREATE VIEW reference_rows AS SELECT * FROM read_parquet('${reference.file.replaceAll("'", "''")}')`);
        return { referenceUri: reference.uri, windows: nothingCaptured((await rowCounts(session, "reference_rows", [])).rows) };
      },
      { memoryMiB },
    );
};
