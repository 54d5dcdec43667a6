import { describe, expect, it } from "vitest";
import type { OnlineStore, RowAddress } from "#core/features/online-store.ts";
import { gatheredReads } from "#stores/dynamodb/features/gathered-reads.ts";
import { aFeatureView } from "#test/support/feature-view.ts";

const view = aFeatureView({ joinKeys: { id: "INT64" }, features: { a: "INT64" } });
const addresses = (...keys: readonly number[]): RowAddress[] => keys.map((key) => ({ view, key: String(key) }));

/** A store whose calls are recorded and answered only when released; odd keys have no row. */
function aSlowStore() {
  const calls: { readonly keys: readonly string[]; readonly consistent: boolean; readonly release: (error?: Error) => void }[] = [];
  const store: OnlineStore = {
    write: async () => 0,
    read: (wanted, { consistent }) =>
      new Promise((resolve, reject) => {
        const rows = wanted.map(({ key }) => (Number(key) % 2 === 1 ? undefined : { eventAt: Number(key), values: {} }));
        calls.push({ keys: wanted.map(({ key }) => key), consistent, release: (error) => (error ? reject(error) : resolve(rows)) });
      }),
  };
  return { calls, reads: gatheredReads(store) };
}
/** Until what was released has been handed on. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe("gathered reads", () => {
  it("go out at once while few are under way, then share a call, each answered in its own order", async () => {
    const { calls, reads } = aSlowStore();
    const wait = [addresses(1), addresses(2), addresses(4, 3), addresses(6, 4, 5)].map((wanted) => reads.read(wanted, { consistent: false }));

    const atOnce = calls.map(({ keys }) => keys);
    calls[0]?.release();
    await settled();
    for (const { release } of calls.slice(1)) release();

    expect(atOnce).toEqual([["1"], ["2"]]);
    expect(calls.map(({ keys }) => keys)).toEqual([["1"], ["2"], ["4", "3", "6", "5"]]);
    expect((await Promise.all(wait)).map((rows) => rows.map((row) => row?.eventAt))).toEqual([[undefined], [2], [4, undefined], [6, 4, undefined]]);
  });

  it("never mix consistent reads with others, nor make a call of more keys than DynamoDB takes", async () => {
    const { calls, reads } = aSlowStore();
    const many = Array.from({ length: 60 }, (_, index) => index * 2);
    const wait = [
      reads.read(addresses(0), { consistent: true }),
      reads.read(addresses(0), { consistent: false }),
      reads.read(addresses(...many), { consistent: false }),
      reads.read(addresses(...many.map((key) => key + 1)), { consistent: false }),
      reads.read(addresses(2), { consistent: true }),
    ];

    for (let index = 0; index < 5; index++) {
      calls[index]?.release();
      await settled();
    }
    await Promise.all(wait);

    expect(calls.map(({ keys, consistent }) => [keys.length, consistent])).toEqual([
      [1, true],
      [1, false],
      [1, true],
      [60, false],
      [60, false],
    ]);
  });

  it("fail for everybody who shared the failed call, and for nobody else", async () => {
    const { calls, reads } = aSlowStore();
    const wait = [1, 2, 3, 4].map((key) =>
      reads.read(addresses(key), { consistent: false }).then(
        () => "read",
        (error: Error) => error.message,
      ),
    );

    calls[0]?.release();
    await settled();
    calls[2]?.release(new Error("throttled"));
    calls[1]?.release();

    expect(await Promise.all(wait)).toEqual(["read", "read", "throttled", "throttled"]);
  });
});
