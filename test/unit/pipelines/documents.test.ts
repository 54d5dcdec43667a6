import { TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { describe, expect, it } from "vitest";
import { DependencyError } from "#core/errors.ts";
import { canonicalJson } from "#core/pipelines/canonical-json.ts";
import { amend } from "#core/pipelines/documents.ts";
import { newExecution } from "#core/pipelines/executions.ts";
import { executionDocuments } from "#stores/dynamodb/pipelines/pipeline-documents.ts";
import { memoryDocuments } from "#test/support/memory-documents.ts";
import { aRequest } from "#test/support/pipelines.ts";

interface Count {
  readonly name: string;
  readonly value: number;
}
const aStore = () => memoryDocuments<Count>({ id: ({ name }) => name, at: () => 1 });

describe("amend", () => {
  it("loses no change of many that are made at once", async () => {
    const store = aStore();
    await store.insert({ name: "a", value: 0 });

    await Promise.all(Array.from({ length: 50 }, () => amend(store, "a", (count) => ({ ...count, value: count.value + 1 }))));

    expect((await store.find("a"))?.document.value).toBe(50);
  });

  it("writes nothing where nothing changes, and nothing where the change is refused", async () => {
    const store = aStore();
    await store.insert({ name: "a", value: 0 });

    const same = await amend(store, "a", (count) => count);
    await expect(
      amend(store, "a", () => {
        throw new Error("no");
      }),
    ).rejects.toThrow("no");

    expect(same).toEqual({ name: "a", value: 0 });
    expect(await store.find("a")).toEqual({ document: { name: "a", value: 0 }, revision: 1 });
  });

  it("knows when there is nothing to change", async () => {
    expect(await amend(aStore(), "nobody", (count) => count)).toBeUndefined();
  });
});

describe("documents in DynamoDB", () => {
  const cancelled = (Code: string) =>
    new TransactionCanceledException({ $metadata: {}, message: "cancelled", CancellationReasons: [{ Code: "None" }, { Code }] });
  const store = (reason: Error) => {
    const send = async () => {
      throw reason;
    };
    return executionDocuments({ send } as never, "table");
  };
  const document = newExecution("one", aRequest(), 1);

  it("ask their caller to come again where two transactions met", async () => {
    await expect(store(cancelled("TransactionConflict")).insert(document)).rejects.toThrow(DependencyError);
    await expect(store(cancelled("TransactionConflict")).replace(document, 1)).rejects.toThrow("EXECUTION one is being changed");
  });

  it("hand on what is neither that nor a condition that does not hold", async () => {
    expect(await store(cancelled("ConditionalCheckFailed")).insert(document)).toBe(false);
    await expect(store(cancelled("ValidationError")).insert(document)).rejects.toThrow(TransactionCanceledException);
  });
});

describe("canonicalJson", () => {
  it.each([
    [{ b: 1, a: [{ d: null, c: "x" }] }, '{"a":[{"c":"x","d":null}],"b":1}'],
    [{ a: undefined, b: [undefined, 1.5] }, '{"b":[null,1.5]}'],
    ['"quoted"\n', '"\\"quoted\\"\\n"'],
    [{ é: 1, z: 2, Z: 3 }, '{"Z":3,"z":2,"é":1}'],
  ])("writes %j with sorted keys and without what is undefined", (value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });
});
