import { GetObjectAttributesCommand, GetObjectCommand, HeadObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { expect } from "vitest";
import { type ConformanceCase, refusal } from "./case.ts";

/** Checksums of the text "hello" (those of RFC 3720, the CRC catalogue and FIPS 180 computed with coreutils and cksum). */
const ofHello = {
  ChecksumCRC32: "NhCmhg==",
  ChecksumCRC32C: "mnG7TA==",
  ChecksumCRC64NVME: "M3eFcAZSQlc=",
  ChecksumSHA1: "qvTGHdzF6KLavt4PO0gs2a6pQ00=",
  ChecksumSHA256: "LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=",
} as const;

export const integrityCases: readonly ConformanceCase[] = [
  ...Object.entries(ofHello).map(
    ([field, value]): ConformanceCase => ({
      name: `a ${field} is verified and kept`,
      async run({ client, bucket }) {
        const at = { Bucket: await bucket(), Key: "a" };

        await client.send(new PutObjectCommand({ ...at, Body: "hello", [field]: value }));
        const wrong = await refusal(client.send(new PutObjectCommand({ ...at, Key: "b", Body: "hellO", [field]: value })));
        const head = await client.send(new HeadObjectCommand({ ...at, ChecksumMode: "ENABLED" }));

        expect(head).toMatchObject({ [field]: value });
        expect(wrong).toEqual({ status: 400, code: "BadDigest" });
        expect(await refusal(client.send(new HeadObjectCommand({ ...at, Key: "b" })))).toMatchObject({ status: 404 });
      },
    }),
  ),
  {
    name: "a put answers with the checksum that it verified",
    async run({ client, bucket }) {
      const put = await client.send(new PutObjectCommand({ Bucket: await bucket(), Key: "a", Body: "hello", ChecksumSHA256: ofHello.ChecksumSHA256 }));

      expect(put).toMatchObject({ ChecksumSHA256: ofHello.ChecksumSHA256, ChecksumType: "FULL_OBJECT" });
    },
  },
  {
    name: "a Content-MD5 is verified",
    async run({ client, bucket }) {
      const at = { Bucket: await bucket(), Key: "a" };
      const ContentMD5 = "XUFAKrxLKna5cZ2REBfFkg==";

      await client.send(new PutObjectCommand({ ...at, Body: "hello", ContentMD5 }));

      expect(await refusal(client.send(new PutObjectCommand({ ...at, Body: "hellO", ContentMD5 })))).toEqual({ status: 400, code: "BadDigest" });
      expect((await client.send(new GetObjectCommand(at))).ETag).toBe('"5d41402abc4b2a76b9719d911017c592"');
    },
  },
  {
    name: "GetObjectAttributes tells size, tag and checksum",
    async run({ client, bucket }) {
      const at = { Bucket: await bucket(), Key: "a" };
      await client.send(new PutObjectCommand({ ...at, Body: "hello", ChecksumSHA256: ofHello.ChecksumSHA256 }));

      const found = await client.send(new GetObjectAttributesCommand({ ...at, ObjectAttributes: ["ETag", "ObjectSize", "Checksum"] }));

      expect(found).toMatchObject({
        ETag: "5d41402abc4b2a76b9719d911017c592",
        ObjectSize: 5,
        Checksum: { ChecksumSHA256: ofHello.ChecksumSHA256 },
      });
    },
  },
];
