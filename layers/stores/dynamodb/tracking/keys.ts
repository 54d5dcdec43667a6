import { idParts } from "#core/tracking/record-id.ts";
import type { Key } from "./item-table.ts";

/** Where the items of one kind of record lie. */
export interface RecordKeys {
  /** The partition of live items of an experiment's shard. */
  partition(experimentId: string, shard: number): string;
  /** The partition of a record's base, chunks and pages. */
  own(id: string): string;
  /** The record's live item, and the experiment whose partition keeps its long texts; undefined for an id that is none of ours. */
  locate(id: string): { readonly live: Key; readonly experimentId: string } | undefined;
}

const keysOf = (live: string, own: string, prefix: string): RecordKeys => {
  const partition = (experimentId: string, shard: number) => `${live}#${experimentId}#${shard}`;
  return {
    partition,
    own: (id) => `${own}#${id}`,
    locate(id) {
      const parts = id.startsWith(prefix) ? idParts(id.slice(prefix.length)) : undefined;
      return parts && { live: { pk: partition(parts.experimentId, parts.shard), sk: id }, experimentId: parts.experimentId };
    },
  };
};

export const runKeys = keysOf("L", "R", "");
/** Logged models: ids are `m-` and an id like a run's. */
export const modelKeys = keysOf("LM", "G", "m-");
