import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import type { PlatformEvent } from "#contracts/events/platform-event.ts";
import { ContractReport } from "#contracts/platform/data-contract.ts";
import { IngestOutput, ValidateOutput, VersionOutput } from "#contracts/platform/dataset-tasks.ts";
import { datasetsContract } from "#contracts/platform/datasets.ts";
import { DataContractViolation } from "#core/data/contract-violation.ts";
import { createHandler } from "#functions/datasets/handler.ts";
import { createTask as ingestTask } from "#functions/ingest-dataset/handler.ts";
import { createTask as validateTask } from "#functions/validate-dataset/handler.ts";
import { createTask as versionTask } from "#functions/version-dataset/handler.ts";
import { type RunningObjectStore, startObjectStore } from "#infra/local/s3/server.ts";
import { datasetWork } from "#stores/duckdb/dataset-work.ts";
import { datasetStore } from "#stores/dynamodb/data/datasets.ts";
import { datasetDocuments, sha256Of } from "#stores/s3/datasets.ts";
import { type Objects, parseS3Uri, s3Objects } from "#stores/s3/objects.ts";
import { uploads } from "#stores/s3/uploads.ts";
import { call } from "#test/support/call.ts";
import { type LocalTables, startLocalTables } from "#test/support/local-tables.ts";

const csv = `id,plan,churned\n${Array.from({ length: 200 }, (_, k) => `${k},${k % 3 === 0 ? "pro" : "free"},${k % 4 === 0}`).join("\n")}\n`;
const credentials = { accessKeyId: "test", secretAccessKey: "test-secret" };

let tables: LocalTables;
let server: RunningObjectStore;
let folder: string;
let objects: Objects;
let client: S3Client;
const events: PlatformEvent[] = [];
let clock = Date.parse("2026-03-01T00:00:00Z");

/** Everything that the functions of a dataset stand on. */
function context() {
  return {
    datasets: datasetStore(tables.client, tables.table("platform")),
    documents: datasetDocuments(objects, "data"),
    work: datasetWork(objects, "data"),
    uploads: uploads(client, objects, "data"),
    digest: sha256Of,
    announce: async (event: PlatformEvent) => void events.push(event),
    now: () => {
      clock += 1000;
      return clock;
    },
  };
}
const api = async (operation: keyof typeof datasetsContract.routes, fields = {}, raw?: string) =>
  await call(createHandler(context()), datasetsContract, operation, fields, raw === undefined ? {} : { raw });
const upload = async (dataset: string, text: string) => (await api("putContent", { dataset, fileName: "source.csv" }, text)).body.sourceUri as string;
const ingest = async (dataset: string, text = csv) => IngestOutput.parse(await ingestTask(context())({ dataset, sourceUri: await upload(dataset, text) }));
const version = async (dataset: string, fields = {}) => {
  const { uri, sha256 } = await ingest(dataset);
  return VersionOutput.parse(await versionTask(context())({ dataset, uri, sha256, ...fields }));
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "capstan-datasets-"));
  tables = await startLocalTables();
  server = await startObjectStore({ folder, buckets: [{ name: "data", versioned: false }], credentials });
  client = new S3Client({ endpoint: server.endpoint, region: "us-east-1", credentials, forcePathStyle: true });
  objects = s3Objects(client);
});
afterAll(async () => {
  client.destroy();
  await server.stop();
  await tables.stop();
  await rm(folder, { recursive: true, force: true });
});

describe("a dataset", () => {
  it("is uploaded, ingested, versioned and read back", async () => {
    const { rows, columns } = await ingest("churn");
    const made = await version("churn", { split: { testShare: 0.2, stratify: "churned" } });

    expect({ rows, columns }).toEqual({
      rows: 200,
      columns: [
        { name: "id", type: "integer" },
        { name: "plan", type: "string" },
        { name: "churned", type: "boolean" },
      ],
    });
    const manifest = (await api("getVersion", { dataset: "churn", version: "latest" })).body;
    expect(manifest).toMatchObject({ version: made.version, data: { rows: 200 }, train: { rows: 160 }, test: { rows: 40 }, parents: [] });
    const preview = (await api("previewVersion", { dataset: "churn", version: made.version })).body;
    expect({ columns: preview.columns, first: preview.rows[0], count: preview.rows.length }).toEqual({
      columns: ["id", "plan", "churned"],
      first: [0, "pro", true],
      count: 100,
    });
  });

  it("gets one version of one content, and is announced once", async () => {
    const first = await version("once");
    const again = await version("once");

    expect(again).toEqual(first);
    expect((await api("listVersions", { dataset: "once" })).body.versions).toHaveLength(1);
    expect(events.filter(({ detail }) => z.object({ dataset: z.string() }).parse(detail).dataset === "once")).toEqual([
      { detailType: "dataset.versioned", detail: { dataset: "once", version: first.version, manifestUri: first.manifestUri, rows: 200 } },
    ]);
  });

  it("gets another version when it is divided differently", async () => {
    const [whole, divided] = [await version("two"), await version("two", { split: { seed: 1 } })];

    expect(divided.version).not.toBe(whole.version);
    expect((await api("listVersions", { dataset: "two" })).body.versions.map((one: { version: string }) => one.version)).toEqual([
      divided.version,
      whole.version,
    ]);
    expect((await api("getDataset", { dataset: "two" })).body.latestVersion).toBe(divided.version);
  });

  it("refuses a hash that is not the file's", async () => {
    const { uri } = await ingest("wrong");

    await expect(versionTask(context())({ dataset: "wrong", uri, sha256: "0".repeat(64) })).rejects.toThrow(/^sha256 must be that of s3:/);
  });

  it("keeps its versions when its description and contract change", async () => {
    await version("kept");

    const put = await api("putDataset", { dataset: "kept", description: "Customers", contract: { columns: [{ name: "id", type: "integer", unique: true }] } });

    expect(put.body).toMatchObject({ name: "kept", description: "Customers", latestVersion: expect.stringMatching(/^[0-9a-f]{16}$/) });
    expect((await api("listDatasets")).body.datasets.find((one: { name: string }) => one.name === "kept")).toEqual(put.body);
  });

  it("takes files of any size at a presigned URL", async () => {
    const { uploadUrl, sourceUri } = (await api("createUpload", { dataset: "large", fileName: "big.csv" })).body;

    expect((await fetch(uploadUrl, { method: "PUT", body: csv })).status).toBe(200);
    expect(await ingestTask(context())({ dataset: "large", sourceUri })).toMatchObject({ rows: 200 });
  });

  it.each([
    ["getDataset", { dataset: "nobody" }],
    ["listVersions", { dataset: "nobody" }],
    ["getVersion", { dataset: "churn", version: "0000000000000000" }],
    ["getVersion", { dataset: "nobody", version: "latest" }],
  ] as const)("%s of what is not there answers 404", async (operation, fields) => {
    expect(await api(operation, fields)).toMatchObject({ status: 404, body: { error_code: "RESOURCE_DOES_NOT_EXIST" } });
  });
});

describe("validating a dataset", () => {
  it("passes with a stored report when the dataset's own contract is kept", async () => {
    await api("putDataset", { dataset: "good", contract: { columns: [{ name: "id", type: "integer", unique: true, min: 0 }] } });
    const { uri } = await ingest("good");

    const output = ValidateOutput.parse(await validateTask(context())({ dataset: "good", uri }));

    expect(output).toMatchObject({ ok: true, rows: 200, warnings: 2 });
  });

  it("fails as DataContractViolation, naming the rule and where the report is", async () => {
    const { uri } = await ingest("bad");
    const contract = { columns: [{ name: "plan", type: "string", allowed: ["pro"] }], extraColumns: "allow" };

    const error = await validateTask(context())({ dataset: "bad", uri, contract }).catch((thrown: unknown) => thrown);

    expect(error).toBeInstanceOf(DataContractViolation);
    const { name, message, reportUri } = error as DataContractViolation;
    expect({ name, message }).toEqual({
      name: "DataContractViolation",
      message: `dataset bad breaks its contract: column plan must be one of pro: 133 rows; report ${reportUri}`,
    });
    const stored = ContractReport.parse(JSON.parse(Buffer.from((await objects.get(parseS3Uri(reportUri))) ?? []).toString("utf8")));
    expect(stored).toMatchObject({ ok: false, errors: [{ rule: "allowed", examples: ["free"] }] });
  });

  it("proposes a contract where there is none", async () => {
    const { uri } = await ingest("new");

    const { reportUri } = ValidateOutput.parse(await validateTask(context())({ dataset: "new", uri }));

    const stored = ContractReport.parse(JSON.parse(Buffer.from((await objects.get(parseS3Uri(reportUri))) ?? []).toString("utf8")));
    expect(stored.proposed?.columns).toMatchObject([{ name: "id", min: 0, max: 199 }, { name: "plan", allowed: ["free", "pro"] }, { name: "churned" }]);
  });
});
