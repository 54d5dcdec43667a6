import Box from "@cloudscape-design/components/box";
import { useMemo } from "react";
import { Facts } from "../../parts/facts.tsx";
import { bytes } from "../../parts/format.ts";
import { FileLoaded } from "../file-loaded.tsx";
import { readBytes } from "../read-file.ts";
import { useFile } from "../use-file.ts";
import type { ViewerProps } from "../viewer-props.ts";
import { WholeTable } from "../whole-table.tsx";
import { bytesOf } from "./bytes-at.ts";
import { rangeCursor, streamCursor } from "./cursor.ts";
import type { ArchiveListing } from "./entry.ts";
import { listTar } from "./tar.ts";
import { listZip } from "./zip.ts";

/** A packed archive is read whole, and what it unpacks to only as far as this. */
const most = { packed: 64_000_000, unpacked: 1_000_000_000, ranges: 200 } as const;

async function listing(path: string, file: string, size: number, signal: AbortSignal): Promise<ArchiveListing> {
  if (/\.(tar\.gz|tgz)$/i.test(path)) {
    if (size > most.packed) throw new Error(`a packed archive is listed up to ${bytes(most.packed)}, this one has ${bytes(size)}`);
    const packed = new Blob([await readBytes(file, size, signal)]).stream();
    return await listTar(streamCursor(packed.pipeThrough(new DecompressionStream("gzip")), most.unpacked));
  }
  const read = bytesOf(file, signal);
  return /\.tar$/i.test(path) ? await listTar(rangeCursor(read, size, most.ranges)) : await listZip(read, size);
}

/** What an archive holds, without unpacking it. */
export function ArchiveViewer({ path, file, size }: ViewerProps) {
  const query = useFile(file, "archive", (signal) => listing(path, file, size, signal));
  return <FileLoaded query={query}>{(found) => <Entries path={path} found={found} />}</FileLoaded>;
}

function Entries({ path, found: { entries, cut } }: { readonly path: string; readonly found: ArchiveListing }) {
  const isPacked = entries.some(({ packed }) => packed !== undefined);
  const table = useMemo(
    () => ({
      columns: ["name", "bytes", ...(isPacked ? ["stored bytes"] : []), "modified"],
      rows: entries.map(({ name, bytes: size, packed, modified }) => [name, size, ...(isPacked ? [packed] : []), modified]),
    }),
    [entries, isPacked],
  );
  const all = entries.reduce((sum, entry) => sum + entry.bytes, 0);
  return (
    <>
      <Facts
        facts={[
          ["Entries", entries.length.toLocaleString("en")],
          ["Unpacked", bytes(all)],
        ]}
      />
      {cut !== undefined && <Box variant="small">{`There may be more: ${cut}.`}</Box>}
      <WholeTable table={table} label={path} />
    </>
  );
}
