import { describe, expect, it } from "vitest";
import { addressOf } from "#infra/local/s3/address.ts";
import { checkRead, checkWrite } from "#infra/local/s3/conditions.ts";
import { parseRange } from "#infra/local/s3/ranges.ts";
import { slice } from "#infra/local/s3/upload-part.ts";

describe("addresses", () => {
  it.each([
    ["/bucket/a/../b", "127.0.0.1:9000", "bucket", "a/../b"],
    ["/bucket//a//", "localhost", "bucket", "/a//"],
    ["/bucket", "s3.localhost:9000", "bucket", undefined],
    ["/bucket/", "s3.eu-west-1.amazonaws.com", "bucket", undefined],
    ["/", "127.0.0.1", undefined, undefined],
    ["/a%2Fb%20c+d?x=1", "my.bucket.localhost:9000", "my.bucket", "a/b c+d"],
    ["/%F0%9F%99%82", "bucket.s3.us-west-2.amazonaws.com", "bucket", "🙂"],
    ["/", "bucket.s3.localhost", "bucket", undefined],
  ])("%s on %s is bucket %s and key %s", (target, host, bucket, key) => {
    expect(addressOf(target, host)).toMatchObject({ bucket, key });
  });
  it.each([
    ["/b/%00", "InvalidArgument"],
    ["/b/%FF", "InvalidURI"],
    [`/b/${"é".repeat(513)}`, "KeyTooLongError"],
    ["http://b/a", "InvalidURI"],
  ])("%s is refused with %s", (target, code) => {
    expect(() => addressOf(target.replaceAll("é", "%C3%A9"), "localhost")).toThrow(expect.objectContaining({ code }));
  });
  it("a key may have 1,024 bytes", () => {
    expect(addressOf(`/b/${"%C3%A9".repeat(512)}`, "localhost").key).toBe("é".repeat(512));
  });
});

describe("ranges", () => {
  it.each([
    ["bytes=0-3", { start: 0, end: 3 }],
    ["bytes=8-", { start: 8, end: 9 }],
    ["bytes=-4", { start: 6, end: 9 }],
    ["bytes=-40", { start: 0, end: 9 }],
    ["bytes=5-400", { start: 5, end: 9 }],
    ["bytes=5-4", undefined],
    ["bytes=0-1,3-4", undefined],
    ["lines=0-1", undefined],
    ["bytes=-", undefined],
    [undefined, undefined],
  ])("%s of ten bytes is %j", (header, range) => {
    expect(parseRange(header, 10)).toEqual(range);
  });
  it.each([
    ["bytes=10-", 10],
    ["bytes=-0", 10],
    ["bytes=0-", 0],
    ["bytes=-1", 0],
  ])("%s of %i bytes cannot be satisfied", (header, size) => {
    expect(() => parseRange(header, size)).toThrow(expect.objectContaining({ code: "InvalidRange", status: 416 }));
  });
  it("cut segments where they fall", () => {
    const segments = ["a", "b", "c"].map((blob) => ({ blob, offset: 100, length: 10 }));

    expect(slice(segments, { start: 5, end: 20 })).toEqual([
      { blob: "a", offset: 105, length: 5 },
      { blob: "b", offset: 100, length: 10 },
      { blob: "c", offset: 100, length: 1 },
    ]);
  });
});

describe("conditions", () => {
  const version = { etag: "abc", modifiedAt: Date.parse("2026-01-01T00:00:00.700Z") };
  const [before, same, after] = ["2025-12-31", "2026-01-01", "2026-01-02"].map((day) => new Date(`${day}T00:00:00Z`).toUTCString());
  it.each([
    [{ "if-match": '"abc"' }, "holds"],
    [{ "if-match": '"x", "abc"' }, "holds"],
    [{ "if-match": '"x"' }, "PreconditionFailed"],
    [{ "if-none-match": '"abc"' }, "NotModified"],
    [{ "if-none-match": "*" }, "NotModified"],
    [{ "if-none-match": '"x"' }, "holds"],
    [{ "if-modified-since": same }, "NotModified"],
    [{ "if-modified-since": before }, "holds"],
    [{ "if-unmodified-since": before }, "PreconditionFailed"],
    [{ "if-unmodified-since": same }, "holds"],
    [{ "if-match": '"abc"', "if-unmodified-since": before }, "holds"],
    [{ "if-none-match": '"x"', "if-modified-since": after }, "holds"],
    [{ "if-modified-since": "yesterday" }, "holds"],
  ])("reading with %j %s", (headers, outcome) => {
    const read = () => checkRead(Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value ?? ""])), version);

    if (outcome === "holds") expect(read).not.toThrow();
    else expect(read).toThrow(expect.objectContaining({ code: outcome }));
  });
  it.each([
    [{ "if-none-match": "*" }, undefined, "holds"],
    [{ "if-none-match": "*" }, { ...version, marker: true }, "holds"],
    [{ "if-none-match": "*" }, { ...version, marker: false }, "PreconditionFailed"],
    [{ "if-none-match": '"abc"' }, undefined, "NotImplemented"],
    [{ "if-match": '"abc"' }, { ...version, marker: false }, "holds"],
    [{ "if-match": '"x"' }, { ...version, marker: false }, "PreconditionFailed"],
    [{ "if-match": '"abc"' }, undefined, "NoSuchKey"],
  ])("writing with %j over %j %s", (headers, latest, outcome) => {
    const write = () => checkWrite(Object.fromEntries(Object.entries(headers)), "k", latest);

    if (outcome === "holds") expect(write).not.toThrow();
    else expect(write).toThrow(expect.objectContaining({ code: outcome }));
  });
});
