import type { OnlineRow, OnlineStore, RowAddress } from "#core/features/online-store.ts";

/** Calls under way at once, each of up to DynamoDB's 100 keys; requests that come meanwhile wait and then share one. */
const callsAtOnce = 2;
const keysPerCall = 100;

interface Waiting {
  readonly addresses: readonly RowAddress[];
  readonly resolve: (rows: (OnlineRow | undefined)[]) => void;
  readonly reject: (error: unknown) => void;
}

const place = ({ view, key }: RowAddress) => `${view.name}@${view.generation} ${key}`;

/** Takes from the front what fits into one call: at least one request, however large. */
function takeOneCall(queue: Waiting[]): Waiting[] {
  let keys = queue[0]?.addresses.length ?? 0;
  let count = 1;
  for (; count < queue.length; count++) {
    keys += queue[count]?.addresses.length ?? 0;
    if (keys > keysPerCall) break;
  }
  return queue.splice(0, count);
}

/**
 * The same store, where concurrent reads share calls: a process that serves many requests pays DynamoDB's round trip once for several,
 * and once for a key that several ask for. A lone request goes out at once, as it is. Where a definition has just changed, rows of the
 * same generation are read by the newer one.
 */
export function gatheredReads(store: OnlineStore): OnlineStore {
  const queues = { consistent: [] as Waiting[], eventual: [] as Waiting[] };
  let underWay = 0;

  async function readTogether(requests: readonly Waiting[], consistent: boolean): Promise<void> {
    try {
      const distinct = new Map<string, RowAddress>();
      for (const address of requests.flatMap(({ addresses }) => addresses)) {
        const known = distinct.get(place(address));
        if (!known || known.view.updatedAt < address.view.updatedAt) distinct.set(place(address), address);
      }
      const rows = await store.read([...distinct.values()], { consistent });
      const found = new Map([...distinct.keys()].map((key, index) => [key, rows[index]]));
      for (const { addresses, resolve } of requests) resolve(addresses.map((address) => found.get(place(address))));
    } catch (error) {
      for (const { reject } of requests) reject(error);
    }
  }

  function start(): void {
    for (const consistent of [true, false]) {
      const queue = consistent ? queues.consistent : queues.eventual;
      while (queue.length > 0 && underWay < callsAtOnce) {
        underWay += 1;
        void readTogether(takeOneCall(queue), consistent).finally(() => {
          underWay -= 1;
          start();
        });
      }
    }
  }

  return {
    write: (view, rows) => store.write(view, rows),
    read: (addresses, { consistent }) =>
      new Promise((resolve, reject) => {
        queues[consistent ? "consistent" : "eventual"].push({ addresses, resolve, reject });
        start();
      }),
  };
}
