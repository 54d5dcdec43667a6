import { describe, expect, it } from "vitest";
import type { Authentication } from "#infra/local/s3/authenticate.ts";
import { decodeAwsChunked } from "#infra/local/s3/aws-chunked.ts";
import { signingKey } from "#infra/local/s3/sigv4.ts";

/** The worked examples of the S3 API reference, "Transferring Payload in Multiple Chunks" and its sibling with trailing headers. */
const scope = { date: "20130524", region: "us-east-1" };
const auth = (payloadHash: string, seedSignature: string): Authentication => ({
  payloadHash,
  seedSignature,
  timestamp: "20130524T000000Z",
  scope,
  signingKey: signingKey("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", scope),
});
const plain = auth("STREAMING-AWS4-HMAC-SHA256-PAYLOAD", "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9");
const withTrailer = auth("STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER", "106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e");
const unsigned = auth("STREAMING-UNSIGNED-PAYLOAD-TRAILER", "");

const chunk = (size: number, signature: string) => `${size.toString(16)};chunk-signature=${signature}\r\n${"a".repeat(size)}\r\n`;
const plainBody =
  chunk(65_536, "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648") +
  chunk(1024, "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497") +
  chunk(0, "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9");
const trailerBody =
  chunk(65_536, "b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2") +
  chunk(1024, "1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7") +
  "0;chunk-signature=2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992\r\n" +
  "x-amz-checksum-crc32c:sOO8/Q==\r\nx-amz-trailer-signature:d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435\r\n\r\n";

async function* inPieces(text: string, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < text.length; at += size) yield Buffer.from(text.slice(at, at + size));
}

async function decode(text: string, how: Authentication, pieceBytes = 4096) {
  const trailers = new Map<string, string>();
  const pieces: Uint8Array[] = [];
  for await (const piece of decodeAwsChunked(inPieces(text, pieceBytes), how, trailers)) pieces.push(piece);
  return { text: Buffer.concat(pieces).toString(), trailers: Object.fromEntries(trailers) };
}

describe("a body in signed chunks", () => {
  it.each([1, 7, 65_536, 100_000])("is decoded and its published signatures hold when it arrives in pieces of %i bytes", async (pieceBytes) => {
    const { text } = await decode(plainBody, plain, pieceBytes);

    expect(text).toBe("a".repeat(66_560));
  });
  it("brings trailing headers under a signature of their own", async () => {
    const { text, trailers } = await decode(trailerBody, withTrailer);

    expect([text.length, trailers]).toEqual([66_560, { "x-amz-checksum-crc32c": "sOO8/Q==" }]);
  });
  it.each([
    ["a changed byte", plainBody.replace("aab", "abb").replace(/a\r\n400;/, "b\r\n400;"), plain, "SignatureDoesNotMatch"],
    ["a chunk left out", plainBody.slice(plainBody.indexOf("400;")), plain, "SignatureDoesNotMatch"],
    ["no last chunk", plainBody.slice(0, plainBody.indexOf("\r\n0;") + 2), plain, "IncompleteBody"],
    ["half a chunk", plainBody.slice(0, 30_000), plain, "IncompleteBody"],
    ["a chunk without a signature", `5\r\nhello\r\n${plainBody}`, plain, "InvalidRequest"],
    ["a size that is no number", "zz\r\n", plain, "InvalidRequest"],
    ["a changed trailing header", trailerBody.replace("sOO8/Q==", "AAAAAA=="), withTrailer, "SignatureDoesNotMatch"],
    ["a trailer without its signature", trailerBody.replace(/x-amz-trailer-signature:.*\r\n/, ""), withTrailer, "SignatureDoesNotMatch"],
  ])("is refused with %s", async (_what, body, how, code) => {
    await expect(decode(body, how)).rejects.toMatchObject({ code });
  });
});

describe("a body in unsigned chunks", () => {
  it("is decoded with its trailing headers", async () => {
    const { text, trailers } = await decode("5\r\nhello\r\n6\r\n world\r\n0\r\nx-amz-checksum-crc32:DUoRhQ==\r\n\r\n", unsigned);

    expect({ text, trailers }).toEqual({ text: "hello world", trailers: { "x-amz-checksum-crc32": "DUoRhQ==" } });
  });
  it("may end without the empty line", async () => {
    expect((await decode("2\r\nhi\r\n0\r\n", unsigned)).text).toBe("hi");
  });
  it("is refused when a chunk is longer than it says", async () => {
    await expect(decode("2\r\nhello\r\n0\r\n\r\n", unsigned)).rejects.toMatchObject({ code: "InvalidRequest" });
  });
});
