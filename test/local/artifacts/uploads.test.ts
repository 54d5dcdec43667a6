import { S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { artifactStore } from "#stores/s3/artifacts.ts";
import { type ArtifactService, startArtifacts } from "./artifact-service.ts";

let service: ArtifactService;
beforeAll(async () => {
  service = await startArtifacts();
});
afterAll(async () => await service.objects.stop());

const request: ArtifactService["request"] = (...given) => service.request(...given);
const put: ArtifactService["put"] = (...given) => service.put(...given);
const get: ArtifactService["get"] = (...given) => service.get(...given);

describe("an upload in parts", () => {
  const part = Buffer.alloc(5 * 1024 * 1024, "p");

  it("goes to the bucket by presigned URLs and becomes one file", async () => {
    const at = { artifact_path: "1/r/artifacts/big", path: "C:\\tmp\\model.bin" };
    const { body } = await request("createUpload", { ...at, num_parts: 2 });
    const parts = await Promise.all(
      body.credentials.map(async ({ url, part_number }: { url: string; part_number: number }) => {
        const reply = await fetch(url, { method: "PUT", body: part });
        return { part_number, etag: reply.headers.get("etag"), url };
      }),
    );

    const done = await request("completeUpload", { ...at, upload_id: body.upload_id, parts });

    expect(done.status).toBe(200);
    const { body: link } = await request("presignDownload", { artifact_path: "1/r/artifacts/big/model.bin" });
    const ranged = await fetch(link.url, { headers: { range: "bytes=0-2" } });
    expect({ size: link.file_size, status: ranged.status, text: await ranged.text() }).toEqual({ size: 2 * part.length, status: 206, text: "ppp" });
  });

  it("can be given up; completing it then, or with parts that are not there, is refused", async () => {
    const at = { artifact_path: "big", path: "gone.bin" };
    const { body } = await request("createUpload", { ...at, num_parts: 1 });
    const parts = [{ part_number: 1, etag: '"00000000000000000000000000000000"' }];

    const wrong = await request("completeUpload", { ...at, upload_id: body.upload_id, parts });
    await request("abortUpload", { ...at, upload_id: body.upload_id });
    const late = await request("completeUpload", { ...at, upload_id: body.upload_id, parts });

    expect([wrong.status, late.status]).toEqual([400, 404]);
    expect((await request("createUpload", { ...at, num_parts: 10_001 })).status).toBe(400);
  });

  it("of one part goes to one presigned URL, and is read from another", async () => {
    const { body } = await request("createUploadUrl", { model_id: "m-1", path: "a b+.bin" });
    await fetch(body.presigned_url, { method: "PUT", body: "xyz" });

    expect((await get("1/models/m-1/artifacts/a b+.bin")).body).toBe("xyz");
    expect((await request("createUploadUrl", { path: "x" })).status).toBe(400);
    await put("1/r/artifacts/down.txt", "down");
    const link = (await request("createDownloadUrl", { run_id: "r", path: "down.txt" })).body;
    expect({ size: link.file_size, text: await (await fetch(link.presigned_url)).text() }).toEqual({ size: 4, text: "down" });
    expect((await request("createDownloadUrl", { run_id: "r", path: "none" })).status).toBe(404);
  });
});

describe("a door that carries little", () => {
  const limits = { maxProxiedBytes: 10 };

  it("refuses a larger upload and says how to send it, also when its length is not announced", async () => {
    const announced = await request("putArtifact", { artifact_path: "limit/a" }, { raw: "x".repeat(11), headers: { "content-length": "11" } }, limits);
    const counted = await request("putArtifact", { artifact_path: "limit/b" }, { raw: "x".repeat(11) }, limits);

    for (const reply of [announced, counted]) {
      expect(reply).toMatchObject({ status: 413, body: { error_code: "REQUEST_TOO_LARGE" } });
      expect(reply.body.message).toContain("MLFLOW_MULTIPART_UPLOAD_MINIMUM_FILE_SIZE");
    }
    expect((await request("listArtifactFolder", { path: "limit" })).body).toEqual({});
  });

  it("sends the reader of a larger file to the bucket", async () => {
    await put("limit/c", "x".repeat(11));

    const { status, headers } = await request("getArtifact", { artifact_path: "limit/c" }, {}, limits);

    expect(status).toBe(307);
    expect(await (await fetch(headers["location"] ?? "")).text()).toBe("x".repeat(11));
    expect((await request("getArtifact", { artifact_path: "limit/c" }, { headers: { range: "bytes=0-3" } }, limits)).body).toBe("xxxx");
  });
});

describe("a bucket that the platform may not use, or that is not there", () => {
  it("is refused as the caller's matter, not as a defect", async () => {
    const stranger = new S3Client({
      endpoint: service.objects.endpoint,
      region: "us-east-1",
      forcePathStyle: true,
      credentials: { accessKeyId: "x", secretAccessKey: "y" },
    });
    const elsewhere = { roots: { ...service.context.roots, run: async () => "s3://missing/x" } };

    expect((await request("getArtifact", { artifact_path: "a" }, {}, { artifacts: artifactStore(stranger) })).body.error_code).toBe("PERMISSION_DENIED");
    expect((await request("getRunArtifact", { run_id: "r", path: "a" }, {}, elsewhere)).body).toMatchObject({
      error_code: "RESOURCE_DOES_NOT_EXIST",
      message: "bucket missing not found",
    });
  });
});
