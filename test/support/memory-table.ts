import type { Change, LocalTable, Row } from "#infra/local/local-table.ts";

export interface MemoryTable extends LocalTable {
  /** Atomic writes so far that took effect. */
  writes(): number;
  /** A client of the same rows that, after `count` more writes, fails every call: the process it stood for is dead. @param died called then */
  until(count: number, died: () => void): LocalTable;
}

/** The table `local` in memory, as JSON: nothing that goes in is shared with what comes out. */
export function memoryTable(): MemoryTable {
  const partitions = new Map<string, Map<string, string>>();
  let writes = 0;
  const partition = (pk: string): Map<string, string> => {
    const known = partitions.get(pk) ?? new Map<string, string>();
    partitions.set(pk, known);
    return known;
  };
  const holds = (change: Change): boolean => {
    const { pk, sk } = "put" in change ? change.put : change.remove;
    return change.when === undefined || partition(pk).has(sk) === (change.when === "present");
  };
  const apply = (change: Change): void => {
    if ("put" in change) partition(change.put.pk).set(change.put.sk, JSON.stringify(change.put.body));
    else partition(change.remove.pk).delete(change.remove.sk);
  };
  const table: LocalTable = {
    async get(pk, sk) {
      const text = partition(pk).get(sk);
      return text === undefined ? undefined : (JSON.parse(text) as unknown);
    },
    async query(pk, { prefix = "", from = "", to = "\u{10ffff}", reverse = false, limit } = {}) {
      const keys = [...partition(pk).keys()].filter((sk) => sk.startsWith(prefix) && sk >= from && sk <= to).toSorted();
      const rows = (reverse ? keys.toReversed() : keys).map((sk): Row => ({ pk, sk, body: JSON.parse(partition(pk).get(sk) ?? "null") as unknown }));
      return limit === undefined ? rows : rows.slice(0, limit);
    },
    async write(changes) {
      if (!changes.every(holds)) return false;
      for (const change of changes) apply(change);
      writes += 1;
      return true;
    },
    async clear(pk, prefix) {
      for (const sk of [...partition(pk).keys()].filter((one) => one.startsWith(prefix))) partition(pk).delete(sk);
    },
  };
  return {
    ...table,
    writes: () => writes,
    until(count, died) {
      const last = writes + count;
      const whileAlive = async <T>(work: () => Promise<T>): Promise<T> => {
        if (writes >= last) {
          died();
          throw new Error("this process is dead");
        }
        return await work();
      };
      return {
        get: async (pk, sk) => await whileAlive(() => table.get(pk, sk)),
        query: async (pk, selection) => await whileAlive(() => table.query(pk, selection)),
        write: async (changes) => await whileAlive(() => table.write(changes)),
        clear: async (pk, prefix) => await whileAlive(() => table.clear(pk, prefix)),
      };
    },
  };
}
