import { BatchGetItemCommand, type BatchGetItemCommandOutput, GetItemCommand } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DependencyError } from "#core/errors.ts";
import { entityKey } from "#core/features/entity-key.ts";
import { type FeatureRow, featureRow } from "#core/features/feature-rows.ts";
import { readOnline } from "#core/features/read-online.ts";
import { onlineRowStore } from "#stores/dynamodb/features/online-rows.ts";
import { memoryDefinitions } from "#test/support/feature-store.ts";
import { aFeatureView } from "#test/support/feature-view.ts";
import { type LocalTables, startLocalTables } from "#test/support/local-tables.ts";

describe("the online store", () => {
  let tables: LocalTables;
  let generation = 0;
  /** A view of its own for each test, so that tests do not meet each other's rows. */
  const aView = (ttlSeconds = 0) =>
    aFeatureView({ joinKeys: { driver_id: "INT64" }, features: { trips: "INT64" }, ttlSeconds, generation: `g${++generation}` });
  const row = (driver: number | bigint, event: number, created: number, trips: number | bigint | null): FeatureRow =>
    featureRow({ driver_id: driver }, event * 1e6, created * 1e6, { trips });
  const key = (driver: number | bigint) => entityKey({ driver_id: driver });
  const store = () => onlineRowStore(tables.client, tables.table("features"));

  beforeAll(async () => {
    tables = await startLocalTables();
  });
  afterAll(() => tables.stop());

  it("keeps the latest event, then the latest created, whatever comes when", async () => {
    const view = aView();
    const write = async (event: number, created: number, trips: number) => (await store().write(view, [row(1, event, created, trips)])) === 1;

    const accepted = [
      await write(100, 5, 1),
      await write(200, 6, 2),
      await write(150, 9, 3),
      await write(200, 5, 4),
      await write(200, 7, 5),
      await write(200, 7, 5),
    ];

    expect(accepted).toEqual([true, true, false, false, true, false]);
    expect(await store().read([{ view, key: key(1) }], { consistent: true })).toEqual([{ eventAt: 200e6, values: { trips: 5 } }]);
  });

  it("ends in one state for two rows of the same times, in either order", async () => {
    const [one, other] = [aView(), aView()];
    const rows = [row(1, 100, 5, 1), row(1, 100, 5, 2)];

    for (const each of rows) await store().write(one, [each]);
    for (const each of rows.toReversed()) await store().write(other, [each]);

    const read = await store().read(
      [one, other].map((view) => ({ view, key: key(1) })),
      { consistent: true },
    );
    expect(read[0]).toEqual(read[1]);
  });

  it("keeps 64-bit integers exact, in keys and in values, and nulls apart from absence", async () => {
    const view = aView();
    await store().write(view, [row(9_007_199_254_740_993n, 1, 1, 9_007_199_254_740_995n), row(2, 1, 1, null)]);

    const read = await store().read(
      [9_007_199_254_740_993n, 9_007_199_254_740_992n, 2].map((driver) => ({ view, key: key(driver) })),
      { consistent: true },
    );

    expect(read.map((found) => found?.values["trips"])).toEqual([9_007_199_254_740_995n, undefined, null]);
  });

  it("takes keys of any length and characters", async () => {
    const view = aFeatureView({ joinKeys: { name: "STRING" }, features: { trips: "INT64" } });
    const names = ["a|b=c", "é#/ ", "x".repeat(5000), ""];
    await store().write(
      view,
      names.map((name, index) => featureRow({ name }, 1, 1, { trips: index })),
    );

    const read = await store().read(
      names.map((name) => ({ view, key: entityKey({ name }) })),
      { consistent: true },
    );

    expect(read.map((found) => found?.values["trips"])).toEqual([0, 1, 2, 3]);
  });

  it("lets DynamoDB delete a row a day after its time to live, and never one without", async () => {
    const [mortal, forever] = [aView(3600), aView()];
    await store().write(mortal, [row(1, 1000, 1, 1)]);
    await store().write(forever, [row(1, 1000, 1, 1)]);

    const expiry = async (view: typeof mortal) =>
      (
        await tables.client.send(
          new GetItemCommand({ TableName: tables.table("features"), Key: { pk: { S: `key#${key(1)}` }, sk: { S: `${view.name}@${view.generation}` } } }),
        )
      ).Item?.["expiresAt"];

    expect(await expiry(mortal)).toEqual({ N: String(1000 + 3600 + 86_400) });
    expect(await expiry(forever)).toBeUndefined();
  });

  it.each([
    [true, 10],
    [false, 5],
  ])("reads 10 entities x 20 features of one view in one BatchGetItem (consistent: %s, read units: %i)", async (consistent, units) => {
    const names = Array.from({ length: 20 }, (_, index) => `feature_with_a_name_${index}`);
    const view = aFeatureView({
      name: `wide_${units}`,
      joinKeys: { driver_id: "INT64" },
      features: Object.fromEntries(names.map((name) => [name, "DOUBLE" as const])),
    });
    await store().write(
      view,
      Array.from({ length: 10 }, (_, driver) =>
        featureRow({ driver_id: driver }, 1e6, 1e6, Object.fromEntries(names.map((name, index) => [name, driver + index / 7]))),
      ),
    );
    const definitions = memoryDefinitions();
    await definitions.put("view", view, 0);
    const answers: BatchGetItemCommandOutput[] = [];
    const counting = new Proxy(tables.client, {
      get: (client, property) =>
        property === "send"
          ? async (command: BatchGetItemCommand) => {
              const answer = await client.send(new BatchGetItemCommand({ ...command.input, ReturnConsumedCapacity: "TOTAL" }));
              answers.push(answer);
              return answer;
            }
          : Reflect.get(client, property),
    });

    const { columns } = await readOnline(
      { definitions, online: onlineRowStore(counting, tables.table("features")), now: () => 2000 },
      { features: names.map((name) => `${view.name}:${name}`), entities: { driver_id: Array.from({ length: 10 }, (_, driver) => driver) }, consistent },
    );

    expect(columns.at(-1)?.values[9]).toBe(9 + 19 / 7);
    expect(answers.map(({ ConsumedCapacity }) => ConsumedCapacity?.[0]?.CapacityUnits)).toEqual([units]);
  });

  it("asks again for keys that DynamoDB left out, and then says so rather than finding nothing", async () => {
    const view = aView();
    await store().write(view, [row(1, 1, 1, 7), row(2, 1, 1, 8)]);
    let calls = 0;
    const leavingOut = (times: number) =>
      new Proxy(tables.client, {
        get: (client, property) =>
          property === "send"
            ? async (command: BatchGetItemCommand): Promise<BatchGetItemCommandOutput> => {
                calls += 1;
                const keys = command.input.RequestItems?.[tables.table("features")]?.Keys ?? [];
                if (calls > times) return client.send(command);
                const answer = await client.send(
                  new BatchGetItemCommand({ RequestItems: { [tables.table("features")]: { Keys: keys.slice(0, -1).length > 0 ? keys.slice(0, -1) : keys } } }),
                );
                return { ...answer, ...(keys.length === 1 && { Responses: {} }), UnprocessedKeys: { [tables.table("features")]: { Keys: keys.slice(-1) } } };
              }
            : Reflect.get(client, property),
      });
    const addresses = [1, 2].map((driver) => ({ view, key: key(driver) }));

    const read = await onlineRowStore(leavingOut(2), tables.table("features")).read(addresses, { consistent: true });
    calls = 0;
    const never = onlineRowStore(leavingOut(100), tables.table("features")).read(addresses, { consistent: true });

    expect(read.map((found) => found?.values["trips"])).toEqual([7, 8]);
    await expect(never).rejects.toThrow(DependencyError);
  });

  it("splits what is more than a call may ask for, and finds each row in its place", async () => {
    const view = aView();
    const drivers = Array.from({ length: 250 }, (_, driver) => driver);
    expect(
      await store().write(
        view,
        drivers.map((driver) => row(driver, 1, 1, driver * 2)),
      ),
    ).toBe(250);

    const read = await store().read(
      drivers.toReversed().map((driver) => ({ view, key: key(driver) })),
      { consistent: true },
    );

    expect(read.map((found) => found?.values["trips"])).toEqual(drivers.toReversed().map((driver) => driver * 2));
  });
});
