import { createHash } from "node:crypto";
import type { Authentication } from "./authenticate.ts";
import { decodeAwsChunked } from "./aws-chunked.ts";
import {
  type ChecksumAlgorithm,
  checksumAlgorithms,
  checksumHeader,
  givenChecksum,
  parseAlgorithm,
  parseChecksum,
  type RunningDigest,
  runningChecksum,
} from "./checksums.ts";
import { refusal } from "./errors.ts";

/** What is known of a body after its last byte, with every claim about it verified. */
export interface PayloadSummary {
  readonly size: number;
  readonly md5: Buffer;
  /** The checksum that the client gave, or that was asked for. */
  readonly checksum: { readonly algorithm: ChecksumAlgorithm; readonly value: string } | undefined;
}

/** The body of a request. Its bytes can be read once. */
export interface Payload {
  /** Bytes of content as announced, without the framing of chunks; undefined when nothing was announced. */
  readonly length: number | undefined;
  /**
   * The content, as it arrives; whoever reads must not make it visible before `summary`.
   * @param computed an algorithm to compute where the client gives no checksum; "elsewhere" when checksum headers do not speak of this body
   */
  open(computed?: ChecksumAlgorithm | "elsewhere"): { readonly bytes: AsyncIterable<Uint8Array>; readonly summary: () => PayloadSummary };
}

type Headers = Readonly<Record<string, string>>;

function lengthOf(headers: Headers, streamed: boolean): number | undefined {
  const text = streamed ? headers["x-amz-decoded-content-length"] : headers["content-length"];
  if (text === undefined) return undefined;
  if (!/^\d{1,15}$/.test(text)) throw refusal("InvalidArgument", "The content length must be a whole number of bytes.");
  return Number(text);
}

function md5Given(headers: Headers): Buffer | undefined {
  const text = headers["content-md5"];
  if (text === undefined) return undefined;
  const bytes = Buffer.from(text, "base64");
  if (bytes.length !== 16) throw refusal("InvalidDigest", "The Content-MD5 you specified was invalid.", { "Content-MD5": text });
  return bytes;
}

/** The algorithm of the checksum that the trailer will bring. */
function announcedInTrailer(headers: Headers): ChecksumAlgorithm | undefined {
  const names = (headers["x-amz-trailer"] ?? "").split(",").map((name) => name.trim().toLowerCase());
  const announced = checksumAlgorithms.filter((algorithm) => names.includes(checksumHeader(algorithm)));
  if (names.some((name) => name !== "" && !announced.some((algorithm) => checksumHeader(algorithm) === name)))
    throw refusal("InvalidRequest", "The value specified in the x-amz-trailer header is not supported");
  return announced[0];
}

function claimsOf(headers: Headers, computed: ChecksumAlgorithm | "elsewhere" | undefined) {
  if (computed === "elsewhere") return { md5: md5Given(headers), given: undefined, trailing: undefined, algorithm: undefined };
  const given = givenChecksum(headers);
  const trailing = announcedInTrailer(headers);
  if (given !== undefined && trailing !== undefined)
    throw refusal("InvalidRequest", "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
  const named = headers["x-amz-sdk-checksum-algorithm"];
  const algorithm = given?.algorithm ?? trailing;
  if (named !== undefined && algorithm !== undefined && parseAlgorithm(named) !== algorithm)
    throw refusal("InvalidRequest", "Value for x-amz-sdk-checksum-algorithm header is invalid.");
  return { md5: md5Given(headers), given, trailing, algorithm: algorithm ?? computed };
}

function feed(bytes: Uint8Array, digests: readonly (RunningDigest | undefined)[]): void {
  for (const digest of digests) digest?.update(bytes);
}

/** Reads a request's body in the form that its signature names, checking its length, hash, MD5 and checksum, given before or after it. */
export function payloadOf(raw: () => AsyncIterable<Uint8Array>, headers: Headers, auth: Authentication): Payload {
  const streamed = auth.payloadHash.startsWith("STREAMING-");
  const length = lengthOf(headers, streamed);
  return {
    length,
    open(computed) {
      const claims = claimsOf(headers, computed);
      const md5 = createHash("md5");
      const sha256 = /^[0-9a-f]{64}$/.test(auth.payloadHash) ? runningChecksum("SHA256") : undefined;
      const running = claims.algorithm === undefined ? undefined : runningChecksum(claims.algorithm);
      const trailers = new Map<string, string>();
      let size = 0;
      async function* bytes(): AsyncGenerator<Uint8Array> {
        for await (const piece of streamed ? decodeAwsChunked(raw(), auth, trailers) : raw()) {
          size += piece.byteLength;
          if (length !== undefined && size > length) break;
          md5.update(piece);
          feed(piece, [sha256, running]);
          yield piece;
        }
      }
      function summary(): PayloadSummary {
        if (length !== undefined && size !== length)
          throw refusal("IncompleteBody", "You did not provide the number of bytes specified by the Content-Length HTTP header");
        if (sha256 !== undefined && sha256.digest().toString("hex") !== auth.payloadHash)
          throw refusal("XAmzContentSHA256Mismatch", "The provided 'x-amz-content-sha256' header does not match what was computed.");
        const sum = md5.digest();
        if (claims.md5 !== undefined && !claims.md5.equals(sum)) throw refusal("BadDigest", "The Content-MD5 you specified did not match what we received.");
        if (claims.algorithm === undefined || running === undefined) return { size, md5: sum, checksum: undefined };
        const value = running.digest().toString("base64");
        const trailing = claims.trailing === undefined ? undefined : trailers.get(checksumHeader(claims.trailing));
        if (claims.trailing !== undefined && trailing === undefined)
          throw refusal("MalformedTrailerError", `The trailing header ${checksumHeader(claims.trailing)} is missing.`);
        const expected = claims.given?.value ?? (trailing === undefined ? undefined : parseChecksum(claims.algorithm, trailing));
        if (expected !== undefined && expected !== value)
          throw refusal("BadDigest", `The ${claims.algorithm} you specified did not match the calculated checksum.`);
        return { size, md5: sum, checksum: { algorithm: claims.algorithm, value } };
      }
      return { bytes: bytes(), summary };
    },
  };
}

/** A request document as text. @throws S3Error when it is longer than 2 MiB or not what its hash says */
export async function readDocument(payload: Payload, checksum?: "elsewhere"): Promise<string> {
  const { bytes, summary } = payload.open(checksum);
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of bytes) {
    size += piece.byteLength;
    if (size > 2 * 1024 ** 2) throw refusal("MalformedXML", "The XML you provided was not well-formed or did not validate against our published schema");
    pieces.push(piece);
  }
  summary();
  return Buffer.concat(pieces).toString("utf8");
}
