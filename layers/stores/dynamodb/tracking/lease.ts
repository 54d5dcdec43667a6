import { absent, any, ConditionFailed, type ItemTable, lessThan } from "./item-table.ts";

const milliseconds = (time: number) => ({ N: String(time) });

/**
 * Takes or renews the right to compact an experiment until a time, unless somebody has it until a later one. It saves work and no more:
 * two compactions at once are slower than one, never wrong.
 * @returns whether the right is the caller's
 */
export async function takeLease(table: ItemTable, experimentId: string, now: number, until: number): Promise<boolean> {
  try {
    await table.put({ pk: { S: `X#${experimentId}` }, sk: { S: "lease" }, until: milliseconds(until) }, any(absent, lessThan("until", milliseconds(now))));
    return true;
  } catch (error) {
    if (error instanceof ConditionFailed) return false;
    throw error;
  }
}

/** Keeps a lease that was taken until another time. */
export const keepLease = (table: ItemTable, experimentId: string, until: number): Promise<void> =>
  table.put({ pk: { S: `X#${experimentId}` }, sk: { S: "lease" }, until: milliseconds(until) });
