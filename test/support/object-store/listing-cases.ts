import { ListObjectsCommand, ListObjectsV2Command, type ListObjectsV2CommandInput, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { expect } from "vitest";
import { type ConformanceCase, refusal } from "./case.ts";

async function filled(client: S3Client, Bucket: string, keys: readonly string[]): Promise<string> {
  await Promise.all(keys.map((Key) => client.send(new PutObjectCommand({ Bucket, Key, Body: "x" }))));
  return Bucket;
}
/** Every page of a listing, keys and common prefixes. */
async function pages(client: S3Client, input: ListObjectsV2CommandInput): Promise<{ keys: string[]; prefixes: string[]; sizes: number[] }> {
  const found = { keys: [] as string[], prefixes: [] as string[], sizes: [] as number[] };
  let ContinuationToken: string | undefined;
  do {
    const page = await client.send(new ListObjectsV2Command({ ...input, ...(ContinuationToken !== undefined && { ContinuationToken }) }));
    for (const { Key } of page.Contents ?? []) found.keys.push(Key ?? "");
    for (const { Prefix } of page.CommonPrefixes ?? []) found.prefixes.push(Prefix ?? "");
    found.sizes.push(page.KeyCount ?? -1);
    ContinuationToken = page.NextContinuationToken;
    expect(page.IsTruncated ?? false).toBe(ContinuationToken !== undefined);
  } while (ContinuationToken !== undefined);
  return found;
}

export const listingCases: readonly ConformanceCase[] = [
  {
    name: "keys are listed in the order of their UTF-8 bytes, page by page",
    async run({ client, bucket }) {
      // The last two are in the opposite order in UTF-16, which JavaScript compares by.
      const ordered = ["A", "Z/", "a", "a/", "a/b", "a0", "b", "é", "\u{FF5E}", "\u{1F642}"];
      const Bucket = await filled(client, await bucket(), ordered.toReversed());

      expect((await pages(client, { Bucket })).keys).toEqual(ordered);
      expect(await pages(client, { Bucket, MaxKeys: 3 })).toEqual({ keys: ordered, prefixes: [], sizes: [3, 3, 3, 1] });
    },
  },
  {
    name: "a delimiter rolls keys up into common prefixes, which count like keys",
    async run({ client, bucket }) {
      const Bucket = await filled(client, await bucket(), ["run/1/a", "run/1/b", "run/2/c/d", "run/3", "run/4/e", "runs", "other"]);

      expect(await pages(client, { Bucket, Delimiter: "/" })).toEqual({ keys: ["other", "runs"], prefixes: ["run/"], sizes: [3] });
      expect(await pages(client, { Bucket, Prefix: "run/", Delimiter: "/" })).toMatchObject({ keys: ["run/3"], prefixes: ["run/1/", "run/2/", "run/4/"] });
      expect(await pages(client, { Bucket, Prefix: "run/", Delimiter: "/", MaxKeys: 1 })).toEqual({
        keys: ["run/3"],
        prefixes: ["run/1/", "run/2/", "run/4/"],
        sizes: [1, 1, 1, 1],
      });
      expect(await pages(client, { Bucket, Prefix: "run/1" })).toMatchObject({ keys: ["run/1/a", "run/1/b"] });
      expect(await pages(client, { Bucket, Prefix: "none" })).toEqual({ keys: [], prefixes: [], sizes: [0] });
    },
  },
  {
    name: "start-after leaves out everything up to a key",
    async run({ client, bucket }) {
      const Bucket = await filled(client, await bucket(), ["a", "b", "c"]);

      expect((await pages(client, { Bucket, StartAfter: "a" })).keys).toEqual(["b", "c"]);
      expect((await pages(client, { Bucket, StartAfter: "a0" })).keys).toEqual(["b", "c"]);
      expect((await pages(client, { Bucket, StartAfter: "c" })).keys).toEqual([]);
    },
  },
  {
    name: "encoding-type=url encodes what XML cannot carry",
    async run({ client, bucket }) {
      const keys = ["a\u0001b", "line\nend", "per%cent", "plus+and space", "q?&=#"];
      const Bucket = await filled(client, await bucket(), keys);

      const { Contents = [], EncodingType } = await client.send(new ListObjectsV2Command({ Bucket, EncodingType: "url" }));

      expect(EncodingType).toBe("url");
      expect(Contents.map(({ Key }) => decodeURIComponent((Key ?? "").replaceAll("+", " ")))).toEqual(keys);
    },
  },
  {
    name: "max-keys of 0 lists nothing and is no page of more",
    async run({ client, bucket }) {
      const Bucket = await filled(client, await bucket(), ["a"]);

      const none = await client.send(new ListObjectsV2Command({ Bucket, MaxKeys: 0 }));

      expect([none.KeyCount, none.IsTruncated]).toEqual([0, false]);
    },
  },
  {
    name: "a continuation token that is not one is refused",
    async run({ client, bucket }) {
      const Bucket = await bucket();

      expect(await refusal(client.send(new ListObjectsV2Command({ Bucket, ContinuationToken: "no token" })))).toEqual({ status: 400, code: "InvalidArgument" });
    },
  },
  {
    name: "the first version of the listing continues behind its marker",
    async run({ client, bucket }) {
      const Bucket = await filled(client, await bucket(), ["a/1", "a/2", "b", "c/1"]);

      const first = await client.send(new ListObjectsCommand({ Bucket, Delimiter: "/", MaxKeys: 2 }));
      const second = await client.send(new ListObjectsCommand({ Bucket, Delimiter: "/", Marker: first.NextMarker ?? "" }));

      expect([first.Contents?.map(({ Key }) => Key), first.CommonPrefixes, first.NextMarker]).toEqual([["b"], [{ Prefix: "a/" }], "b"]);
      expect([second.Contents ?? [], second.CommonPrefixes, second.IsTruncated]).toEqual([[], [{ Prefix: "c/" }], false]);
    },
  },
];
