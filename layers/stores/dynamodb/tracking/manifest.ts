import * as z from "zod";
import { type BlockFiles, BlockGone } from "../../s3/blocks/block-files.ts";
import { absent, ConditionFailed, equal, type ItemTable } from "./item-table.ts";

/** A block of the list: where it is, and how full. */
const listedBlock = z.object({
  at: z.string(),
  bytes: z.int(),
  headBytes: z.int(),
  rows: z.int(),
  /** Values in it, which bound its size for wide records as `rows` does for small ones. */
  cells: z.int(),
});
export type ListedBlock = z.output<typeof listedBlock>;
const blockList = z.object({ blocks: z.array(listedBlock) });

/** Which blocks hold an experiment's packed records: a pointer item in the table, and the list that it points to in the bucket. */
export interface Manifest {
  /** 0 before the first. */
  readonly version: number;
  /** The list's name, which is never used again; empty before the first. */
  readonly at: string;
}

const keyOf = (experimentId: string) => ({ pk: `X#${experimentId}`, sk: "manifest" });

/** Strongly consistent. */
export async function readManifest(table: ItemTable, experimentId: string): Promise<Manifest> {
  const [item] = await table.get([keyOf(experimentId)]);
  return { version: Number(item?.["v"]?.N ?? 0), at: item?.["at"]?.S ?? "" };
}

export async function readBlockList({ objects, bucket }: BlockFiles, { at }: Manifest): Promise<readonly ListedBlock[]> {
  if (at === "") return [];
  const bytes = await objects.get({ bucket, key: at });
  if (!bytes) throw new BlockGone(`${at} is gone`);
  return blockList.parse(JSON.parse(Buffer.from(bytes).toString("utf8"))).blocks;
}

/** Lets searches see another list of blocks, unless they see another than `before` already. @param at a name of its own @returns whether it did */
export async function flipManifest(
  table: ItemTable,
  { objects, bucket }: BlockFiles,
  experimentId: string,
  { before, at, blocks }: { readonly before: Manifest; readonly at: string; readonly blocks: readonly ListedBlock[] },
): Promise<boolean> {
  await objects.put({ bucket, key: at }, JSON.stringify({ blocks }), "application/json");
  const { pk, sk } = keyOf(experimentId);
  const condition = before.version === 0 ? absent : equal("v", { N: String(before.version) });
  try {
    await table.put({ pk: { S: pk }, sk: { S: sk }, v: { N: String(before.version + 1) }, at: { S: at } }, condition);
    return true;
  } catch (error) {
    if (error instanceof ConditionFailed) return false;
    throw error;
  }
}
