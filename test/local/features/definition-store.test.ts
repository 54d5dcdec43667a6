import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DefinitionStore } from "#core/features/definitions.ts";
import { definitionStore } from "#stores/dynamodb/features/definitions.ts";
import { memoryDefinitions } from "#test/support/feature-store.ts";
import { aFeatureView } from "#test/support/feature-view.ts";
import { type LocalTables, startLocalTables } from "#test/support/local-tables.ts";

/** What every store of definitions promises; the one in memory stands in for the table elsewhere, so it is held to the same. */
describe.each(["the table", "the one in memory"])("definitions in %s", (which) => {
  let tables: LocalTables;
  let store: DefinitionStore;
  const view = (name: string, ttlSeconds = 0) => aFeatureView({ name, joinKeys: { id: "STRING" }, features: { a: "DOUBLE", b: "STRING_LIST" }, ttlSeconds });

  beforeAll(async () => {
    tables = await startLocalTables();
    store = which === "the table" ? definitionStore(tables.client, tables.table("features")) : memoryDefinitions();
  });
  afterAll(() => tables.stop());

  it("come back as they were written, and not under another kind", async () => {
    await store.put("view", view("one"), 0);

    expect(await store.find("view", "one")).toEqual({ definition: view("one"), revision: 1 });
    expect(await store.find("service", "one")).toBeUndefined();
  });

  it("are written once when two write over the same revision", async () => {
    const creations = await Promise.all([store.put("view", view("two", 1), 0), store.put("view", view("two", 2), 0)]);
    const changes = await Promise.all([store.put("view", view("two", 3), 1), store.put("view", view("two", 4), 1)]);

    expect(creations.filter(Boolean)).toHaveLength(1);
    expect(changes.filter(Boolean)).toHaveLength(1);
    expect((await store.find("view", "two"))?.revision).toBe(2);
  });

  it("are listed by name from a name on, and no longer once removed", async () => {
    for (const name of ["z", "y", "x"]) await store.put("view", view(name), 0);
    await store.remove("view", "y");

    const after = await store.list("view", { limit: 10, after: "two" });
    const first = await store.list("view", { limit: 1 });

    expect(after.map(({ name }) => name)).toEqual(["x", "z"]);
    expect(first.map(({ name }) => name)).toEqual(["one"]);
  });
});
