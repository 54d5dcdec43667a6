import { describe, expect, it } from "vitest";
import { cellAt } from "#core/search/columns.ts";
import type { Point } from "#core/tracking/points.ts";
import type { RecordState } from "#core/tracking/record.ts";
import { keysOfStates, linkCell } from "#core/tracking/state-segment.ts";
import { blockFiles } from "#stores/s3/blocks/block-files.ts";
import { type PackedRecord, packBlock } from "#stores/s3/blocks/pack-block.ts";
import { openBlock } from "#stores/s3/blocks/read-block.ts";
import type { Extent } from "#stores/s3/objects.ts";
import { memoryObjects } from "#test/support/memory-objects.ts";
import { dice } from "./interleaving.ts";
import { plainState, randomChange, randomId, randomParams } from "./random-runs.ts";

const stateOf = (seed: number): RecordState => {
  const chance = dice(seed);
  const { info = new Map(), tags = new Map(), links = new Map(), points = [] } = randomChange(chance);
  const metrics = new Map(points.map((point): [string, Point] => [point.key, point]));
  return { info, tags: tags as ReadonlyMap<string, string>, links, params: randomParams(chance), metrics };
};
const records = (count: number): PackedRecord[] =>
  Array.from({ length: count }, (_, index) => ({ id: randomId(dice(index)), version: index + 1, state: stateOf(index) }));
/** Records of so many metrics each, of noise that does not compress. */
const wideRecords = (count: number, metrics: number): PackedRecord[] =>
  records(count).map((record, row) => {
    const points = Array.from(
      { length: metrics },
      (_, index): Point => ({ key: `layer ${index}`, value: Math.sin(row * metrics + index), step: row, timestamp: index }),
    );
    return { ...record, state: { ...record.state, metrics: new Map(points.map((point) => [point.key, point])) } };
  });

/** The records as a block, and every read of it: undefined is the whole. */
async function blockOf(packed: readonly PackedRecord[]) {
  const { bytes, headBytes } = packBlock(packed);
  const stored = memoryObjects();
  await stored.put({ bucket: "b", key: "blocks/1" }, bytes);
  const reads: (Extent | undefined)[] = [];
  const files = blockFiles(
    {
      ...stored,
      get: (address, extent) => {
        reads.push(extent);
        return stored.get(address, extent);
      },
    },
    "b",
  );
  return { bytes, reads, block: await openBlock(files, { at: "blocks/1", bytes: bytes.length, headBytes }) };
}

describe("a block", () => {
  it.each([1, 2, 50, 1024])("gives %i records back as they were, whole and by column", async (count) => {
    const packed = records(count);
    const { block } = await blockOf(packed);
    const rows = packed.map((_, row) => row).reverse();

    expect(block.head.ids).toEqual(packed.map(({ id }) => id));
    expect(block.head.versions).toEqual(packed.map(({ version }) => version));
    expect((await block.states(rows)).map(plainState)).toEqual(rows.map((row) => plainState(packed[row]?.state ?? stateOf(0))));
    expect(block.keys()).toEqual(keysOfStates(packed.map(({ state }) => state)));
    const [acc, lr, team, links, end, nobody] = await block.columns([
      { entity: "metric", key: "acc" },
      { entity: "param", key: "lr" },
      { entity: "tag", key: "team" },
      { entity: "link", key: "" },
      { entity: "integer", key: "end" },
      { entity: "metric", key: "nobody has it" },
    ]);
    expect(nobody).toBeUndefined();
    for (const [row, { state }] of packed.entries()) {
      const cells = [acc, lr, team, links, end].map((column) => cellAt(column, row));
      expect(cells).toEqual([state.metrics.get("acc")?.value, state.params.get("lr"), state.tags.get("team"), linkCell(state), state.info.get("end")]);
    }
  });

  it("is read in one call while it is small, however many columns are asked for", async () => {
    const { block, reads } = await blockOf(records(100));
    await block.columns([{ entity: "metric", key: "acc" }]);
    await block.states([1, 2, 3]);

    expect(reads).toEqual([undefined]);
  });

  it("of wide records is read by pieces: the columns and rows that are asked for, and each once", async () => {
    const packed = wideRecords(100, 1500);
    const { block, reads, bytes } = await blockOf(packed);
    const names = [3, 700, 1499].map((index) => ({ entity: "metric", key: `layer ${index}` }) as const);
    const columns = await block.columns(names);
    await block.columns(names);

    expect(columns.map((column) => cellAt(column, 42))).toEqual(names.map(({ key }) => packed[42]?.state.metrics.get(key)?.value));
    expect(reads.length).toBeLessThanOrEqual(4);
    expect(reads.reduce((sum, extent) => sum + (extent ? extent.end - extent.start : bytes.length), 0)).toBeLessThan(bytes.length / 20);
    expect((await block.states([7, 99])).map(plainState)).toEqual([packed[7], packed[99]].map((record) => plainState(record?.state ?? stateOf(0))));
  });

  it("of 1,024 small runs takes less than 64 bytes for each", async () => {
    const small = Array.from({ length: 1024 }, (_, index): PackedRecord => {
      const point = (key: string, value: number): [string, Point] => [key, { key, value, step: 1, timestamp: 1_763_700_000_000 + index * 1000 }];
      const state: RecordState = {
        info: new Map<string, string | number>([
          ["status", "FINISHED"],
          ["start", 1_763_700_000_000 + index * 1000],
          ["stage", "active"],
          ["epoch", 0],
        ]),
        params: new Map([["lr", index % 2 ? "0.1" : "0.01"]]),
        tags: new Map([["mlflow.runName", `run-${index}`]]),
        links: new Map(),
        metrics: new Map([point("loss", Math.fround(Math.sin(index)))]),
      };
      return { id: randomId(dice(index)), version: 1, state };
    });

    expect(packBlock(small).bytes.length / 1024).toBeLessThan(64);
  });
});
