import { createHash } from "node:crypto";
import type { Authentication } from "./authenticate.ts";
import { refusal } from "./errors.ts";
import { chunkStringToSign, sameSignature, sign, trailerStringToSign } from "./sigv4.ts";

/** Reads lines and runs of bytes from a stream of chunks, holding no more than one chunk and one line. */
function reader(source: AsyncIterable<Uint8Array>) {
  const iterator = source[Symbol.asyncIterator]();
  let held: Buffer = Buffer.alloc(0);
  const incomplete = () => refusal("IncompleteBody", "The request body terminated unexpectedly");
  async function more(): Promise<Buffer> {
    const { value, done } = await iterator.next();
    if (done === true) throw incomplete();
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  }
  return {
    /** The bytes up to CR LF, which is taken too. */
    async line(limit: number): Promise<string> {
      for (;;) {
        const end = held.indexOf("\r\n");
        if (end !== -1 && end <= limit) {
          const line = held.toString("latin1", 0, end);
          held = held.subarray(end + 2);
          return line;
        }
        if (held.length > limit + 1) throw refusal("InvalidRequest", "The chunked body has a line that is too long");
        held = Buffer.concat([held, await more()]);
      }
    },
    /** True where the body has ended. */
    async ended(): Promise<boolean> {
      if (held.length > 0) return false;
      const { value, done } = await iterator.next();
      if (done !== true) held = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
      return done === true;
    },
    /** Lets go of the stream without ending it. */
    async release(): Promise<void> {
      await iterator.return?.();
    },
    /** Exactly so many bytes, in the pieces in which they arrive. */
    async *bytes(count: number): AsyncGenerator<Buffer> {
      for (let left = count; left > 0; ) {
        if (held.length === 0) held = await more();
        const piece = held.subarray(0, left);
        held = held.subarray(piece.length);
        left -= piece.length;
        yield piece;
      }
    },
  };
}

const chunkHead = /^([0-9a-f]{1,12})(?:;chunk-signature=([0-9a-f]{64}))?$/i;
const mismatch = (what: string) =>
  refusal("SignatureDoesNotMatch", `The ${what} signature we calculated does not match the signature you provided. Check your key and signing method.`);

/**
 * Decodes an aws-chunked body (API reference, "Signature calculations: transferring payload in multiple chunks" and "... with trailing headers"):
 * `<hex size>[;chunk-signature=<hex>] CRLF <bytes> CRLF`, ended by a chunk of size 0 and the trailing headers.
 * @param trailers filled with the trailing headers, lower-case names, once the generator is done
 * @throws S3Error when a signature is wrong (each chunk's, before its last piece is followed by anything) or the body ends early
 */
export async function* decodeAwsChunked(source: AsyncIterable<Uint8Array>, auth: Authentication, trailers: Map<string, string>): AsyncGenerator<Uint8Array> {
  const input = reader(source);
  try {
    yield* decode(input, auth, trailers);
  } finally {
    await input.release();
  }
}

async function* decode(input: ReturnType<typeof reader>, auth: Authentication, trailers: Map<string, string>): AsyncGenerator<Uint8Array> {
  const signed = auth.payloadHash.startsWith("STREAMING-AWS4-HMAC-SHA256");
  let previous = auth.seedSignature;
  for (let size = -1; size !== 0; ) {
    const [, hex, signature] = chunkHead.exec(await input.line(256)) ?? [];
    if (hex === undefined || (signed && signature === undefined)) throw refusal("InvalidRequest", "The chunked body has a chunk header that cannot be read");
    size = Number.parseInt(hex, 16);
    const hash = createHash("sha256");
    for await (const piece of input.bytes(size)) {
      if (signed) hash.update(piece);
      yield piece;
    }
    if (signed && signature !== undefined) {
      const expected = sign(auth.signingKey, chunkStringToSign(auth.timestamp, auth.scope, previous, hash.digest("hex")));
      if (!sameSignature(expected, signature)) throw mismatch("chunk");
      previous = expected;
    }
    if (size !== 0 && (await input.line(0)) !== "") throw refusal("InvalidRequest", "The chunked body has a chunk that is longer than its header says");
  }
  await readTrailers(input, trailers);
  if (!auth.payloadHash.endsWith("-TRAILER") || !signed) return;
  const signature = trailers.get("x-amz-trailer-signature") ?? "";
  trailers.delete("x-amz-trailer-signature");
  const lines = [...trailers].map(([name, value]) => `${name}:${value}\n`).join("");
  if (!sameSignature(sign(auth.signingKey, trailerStringToSign(auth.timestamp, auth.scope, previous, lines)), signature)) throw mismatch("trailer");
}

/** Trailing headers up to an empty line. Some clients leave that line out and end the body instead. */
async function readTrailers(input: ReturnType<typeof reader>, trailers: Map<string, string>): Promise<void> {
  for (let count = 0; count < 16; count++) {
    const line = (await input.ended()) ? "" : await input.line(4096);
    if (line === "") return;
    const colon = line.indexOf(":");
    if (colon < 1)
      throw refusal("MalformedTrailerError", "The request contained trailing data that was not well-formed or did not conform to our published schema.");
    trailers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  throw refusal("MalformedTrailerError", "The request contained too many trailing headers.");
}
