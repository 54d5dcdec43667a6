import type { RecordIndex } from "#core/tracking/record-index.ts";
import { stateSegment } from "#core/tracking/state-segment.ts";
import { type Records, readLiveRecords, statesOf } from "./record-reader.ts";

export function recordIndex(records: Records): RecordIndex {
  return {
    async open(experimentId, shards) {
      const snapshots = await readLiveRecords(records, experimentId, await shards);
      const states = await records.texts.expand(experimentId, await statesOf(records, snapshots));
      const live = stateSegment(new Map(states.map((state, index) => [snapshots[index]?.id ?? "", state])));
      return { packed: [], stamp: "", live, replaced: [] };
    },
  };
}
