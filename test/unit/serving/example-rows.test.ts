import { beforeEach, describe, expect, it } from "vitest";
import { endpointContract } from "#contracts/platform/endpoints.ts";
import type { CaptureRecord } from "#contracts/sagemaker/capture.ts";
import { createHandler } from "#functions/endpoints/handler.ts";
import { captureStore } from "#stores/s3/captures.ts";
import { modelExamples } from "#stores/s3/model-examples.ts";
import { call } from "#test/support/call.ts";
import { traffic } from "#test/support/captured-traffic.ts";
import { type MemoryObjects, memoryObjects } from "#test/support/memory-objects.ts";
import { aServingContext } from "#test/support/serving.ts";

let objects: MemoryObjects;
beforeEach(() => {
  objects = memoryObjects();
});
const hour = new Date(1_800_000_000_000 - 2 * 3_600_000).toISOString();
const put = (name: string, document: unknown) =>
  objects.put({ bucket: "artifacts", key: `churn/1/${name}` }, typeof document === "string" ? document : JSON.stringify(document));
/** A request of one row, the first of its hour. */
const asked = (eventId: string, row: object): CaptureRecord => ({
  captureData: { endpointInput: { observedContentType: "application/json", mode: "INPUT", encoding: "JSON", data: JSON.stringify({ instances: [row] }) } },
  eventMetadata: { eventId, inferenceTime: hour },
  eventVersion: "0",
});
const columns = ["age", "plan"];
const signature = {
  inputs: columns.map((name) => ({ name, datatype: "BYTES" as const, shape: [-1] })),
  outputs: [{ name: "score", datatype: "FP32" as const, shape: [-1, 1] }],
  featureNames: columns,
  target: "churned",
  problem: "regression" as const,
};

async function rowsOf({ isSigned = true, endpoint = "churn", ...more }: { isSigned?: boolean; endpoint?: string; variant?: string } = {}) {
  const { ctx } = aServingContext();
  const signed = {
    ...ctx,
    resolveModelVersion: async (wanted: Parameters<typeof ctx.resolveModelVersion>[0]) => ({ ...(await ctx.resolveModelVersion(wanted)), signature }),
  };
  const examples = { logged: modelExamples(objects), captures: captureStore(objects, "data") };
  const handler = createHandler(isSigned ? signed : ctx, undefined, examples);
  await call(handler, endpointContract, "putEndpoint", { name: "churn", variants: [{ modelName: "churn", modelVersion: "1" }] });
  return await call(handler, endpointContract, "listExampleRows", { name: endpoint, ...more });
}

describe("the rows to try an endpoint with", () => {
  it.each([
    ["a scoring request by pandas", "serving_input_example.json", { dataframe_split: { columns, data: [[31, "pro"]] } }],
    ["pandas' split", "input_example.json", { columns, data: [[31, "pro"]] }],
    ["records", "input_example.json", [{ age: 31, plan: "pro" }]],
    ["named columns", "serving_input_example.json", { inputs: { age: [31], plan: ["pro"] } }],
    ["a list without names, by position", "serving_input_example.json", { inputs: [[31, "pro"]] }],
    ["more columns than the model reads", "input_example.json", { columns: ["id", ...columns], data: [["a", 31, "pro"]] }],
  ])("are the model's input example, logged as %s", async (_as, file, document) => {
    await put(file, document);

    expect((await rowsOf()).body).toEqual({ variant: "main", rows: [{ cells: { age: 31, plan: "pro" }, source: "inputExample" }] });
  });

  it("go on with what clients asked of that variant, the latest first, the same row once", async () => {
    await put("input_example.json", { columns, data: [[31, "pro"]] });
    const records = traffic(hour, 3);
    await captureStore(objects, "data").append({ endpoint: "churn", variant: "main" }, [asked("31 again", { age: 31, plan: "pro" })]);
    await captureStore(objects, "data").append({ endpoint: "churn", variant: "main" }, [...records, ...records]);
    await captureStore(objects, "data").append({ endpoint: "churn", variant: "other" }, traffic(hour, 9, 100));

    const { rows } = (await rowsOf()).body;

    expect(rows.map(({ source }: { readonly source: string }) => source)).toEqual(["inputExample", "captured", "captured", "captured"]);
    expect(rows.slice(1).map(({ at }: { readonly at: number }) => at)).toEqual(
      records.map(({ eventMetadata }) => Date.parse(eventMetadata.inferenceTime)).toReversed(),
    );
    expect(Object.keys(rows[1].cells)).toEqual(columns);
  });

  it("have the client's own names where the model has no signature, and never the answer", async () => {
    await captureStore(objects, "data").append({ endpoint: "churn", variant: "main" }, traffic(hour, 1));

    expect(Object.keys((await rowsOf({ isSigned: false })).body.rows[0].cells).toSorted()).toEqual(columns);
  });

  it("are none where nothing was logged or asked, or where the example cannot be read", async () => {
    await put("input_example.json", "not JSON");

    expect(await rowsOf()).toMatchObject({ status: 200, body: { variant: "main", rows: [] } });
  });

  it("are refused for an endpoint or a variant that is not there", async () => {
    expect(await rowsOf({ endpoint: "nobody" })).toMatchObject({ status: 404 });
    expect(await rowsOf({ variant: "nobody" })).toMatchObject({ status: 404, body: { message: "variant nobody of endpoint churn not found" } });
  });
});
