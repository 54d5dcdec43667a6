import { createHash } from "node:crypto";
import { type CapturedHour, type CaptureSource, hourFolder } from "#core/monitoring/captures.ts";
import type { ObjectAddress, Objects } from "./objects.ts";

/**
 * Hours of captured predictions as Parquet: `captures-compact/<endpoint>/<variant>/yyyy/mm/dd/hh/<hash of the sources' keys>.parquet`.
 * The name says what the file was made from: once a late batch has come, it is no longer found, and readers take the lines instead.
 */
export interface CompactedCaptures {
  /** Where an hour's rows are, or would be. */
  address(source: CaptureSource, hour: CapturedHour): ObjectAddress;
  /** @returns the address, or undefined where the hour has not been compacted as it is now */
  find(source: CaptureSource, hour: CapturedHour): Promise<ObjectAddress | undefined>;
  /** Keeps a file as the hour's rows, and removes those made before the latest batches came. */
  put(source: CaptureSource, hour: CapturedHour, file: string): Promise<void>;
}

export function compactedCaptures(objects: Objects, bucket: string): CompactedCaptures {
  const folder = ({ endpoint, variant }: CaptureSource, { hour }: CapturedHour) =>
    `captures-compact/${encodeURIComponent(endpoint)}/${encodeURIComponent(variant)}/${hourFolder(hour)}/`;
  const address = (source: CaptureSource, hour: CapturedHour): ObjectAddress => ({
    bucket,
    key: `${folder(source, hour)}${createHash("sha256").update(hour.keys.join("\n")).digest("hex").slice(0, 32)}.parquet`,
  });
  return {
    address,
    async find(source, hour) {
      const at = address(source, hour);
      return (await objects.size(at)) === undefined ? undefined : at;
    },
    async put(source, hour, file) {
      const at = address(source, hour);
      await objects.upload(file, at, "application/vnd.apache.parquet");
      const stale = (await objects.list(bucket, folder(source, hour))).filter(({ key }) => key !== at.key);
      for (const { key } of stale) await objects.remove({ bucket, key });
    },
  };
}
