import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { mockClient } from "aws-sdk-client-mock";
import { beforeEach, describe, expect, it } from "vitest";
import { partBytes, writeArtifact } from "#stores/s3/artifacts-write.ts";

const mebibyte = 1024 * 1024;
const s3 = mockClient(S3Client);
const client = new S3Client({ region: "us-east-1" });
const address = { bucket: "b", key: "k" };

let read = 0;
async function* body(bytes: number, chunk = mebibyte): AsyncGenerator<Uint8Array> {
  for (let left = bytes; left > 0; left -= chunk) {
    const size = Math.min(chunk, left);
    read += size;
    yield new Uint8Array(size);
  }
}
const partSizes = () => s3.commandCalls(UploadPartCommand).map(({ args }) => (args[0].input.Body as Buffer).byteLength);

beforeEach(() => {
  s3.reset();
  s3.onAnyCommand().resolves({});
  read = 0;
  s3.on(CreateMultipartUploadCommand).resolves({ UploadId: "u" });
  s3.on(UploadPartCommand).callsFake(async ({ PartNumber }: { PartNumber: number }) => ({ ETag: `e${PartNumber}` }));
});

describe("writing an artifact", () => {
  it.each([[0], [1], [partBytes - 1]])("of %i bytes is one call", async (bytes) => {
    await writeArtifact(client, address, { body: body(bytes), contentType: "text/plain" });

    expect(s3.calls()).toHaveLength(1);
    expect(s3.commandCalls(PutObjectCommand)[0]?.args[0].input).toMatchObject({ Bucket: "b", Key: "k", ContentType: "text/plain" });
  });

  it.each([
    [partBytes, mebibyte, [partBytes]],
    [partBytes + 1, mebibyte, [partBytes, 1]],
    [3 * partBytes, 7 * mebibyte + 3, [partBytes, partBytes, partBytes]],
    [20 * mebibyte, 20 * mebibyte, [partBytes, partBytes, 4 * mebibyte]],
  ])("of %i bytes in chunks of %i is sent in equal parts", async (bytes, chunk, expected) => {
    await writeArtifact(client, address, { body: body(bytes, chunk) });

    const [done] = s3.commandCalls(CompleteMultipartUploadCommand);
    expect(partSizes()).toEqual(expected);
    expect(done?.args[0].input.MultipartUpload?.Parts).toEqual(expected.map((_, index) => ({ PartNumber: index + 1, ETag: `e${index + 1}` })));
  });

  it("never reads more than four parts ahead of what S3 has taken", async () => {
    let taken = 0;
    let most = 0;
    s3.on(UploadPartCommand).callsFake(async ({ Body }: { Body: Buffer }) => {
      most = Math.max(most, read - taken);
      await new Promise((resolve) => setTimeout(resolve, 1));
      taken += Body.byteLength;
      return { ETag: "e" };
    });

    await writeArtifact(client, address, { body: body(50 * partBytes) });

    expect(partSizes()).toHaveLength(50);
    expect(most).toBeLessThanOrEqual(4 * partBytes);
  });

  it.each([[5], [2 * partBytes]])("leaves nothing of a body of %i bytes that ends before its length", async (bytes) => {
    await expect(writeArtifact(client, address, { body: body(bytes), bytes: bytes + 1 })).rejects.toThrow(`must hold the ${bytes + 1} bytes`);

    expect(s3.commandCalls(PutObjectCommand)).toHaveLength(0);
    expect(s3.commandCalls(CompleteMultipartUploadCommand)).toHaveLength(0);
    expect(s3.commandCalls(AbortMultipartUploadCommand)).toHaveLength(s3.commandCalls(CreateMultipartUploadCommand).length);
  });

  it("gives the upload up when a part, or the sender, fails", async () => {
    s3.on(UploadPartCommand, { PartNumber: 2 }).rejects(new Error("part lost"));
    await expect(writeArtifact(client, address, { body: body(9 * partBytes) })).rejects.toThrow("part lost");

    async function* cutOff() {
      yield* body(2 * partBytes);
      throw new Error("sender gone");
    }
    await expect(writeArtifact(client, address, { body: cutOff() })).rejects.toThrow();

    expect(s3.commandCalls(AbortMultipartUploadCommand)).toHaveLength(2);
    expect(s3.commandCalls(CompleteMultipartUploadCommand)).toHaveLength(0);
  });
});
