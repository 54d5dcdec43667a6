import { createHash } from "node:crypto";
import { type IncomingHttpHeaders, request } from "node:http";
import { type CredentialScope, requestStringToSign, sign, signingKey } from "#infra/local/s3/sigv4.ts";
import { testCredentials } from "./start.ts";

export interface RawReply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}
export interface RawRequest {
  readonly port: number;
  readonly method: string;
  /** Path and query, percent-encoded, sent as it is: no client in between tidies it up. */
  readonly target: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | AsyncIterable<Uint8Array>;
}

/** Sends a request exactly as given. */
export function send({ port, method, target, headers = {}, body = "" }: RawRequest): Promise<RawReply> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: "127.0.0.1", port, method, path: target, headers, agent: false }, (incoming) => {
      const pieces: Buffer[] = [];
      incoming.on("data", (piece: Buffer) => pieces.push(piece));
      incoming.on("end", () => resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text: Buffer.concat(pieces).toString() }));
      incoming.on("error", reject);
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

export interface Signing {
  readonly signature: string;
  readonly timestamp: string;
  readonly scope: CredentialScope;
  readonly key: Uint8Array;
}

/** The headers of a request with an Authorization header, and what the chunks of its body go on signing. */
export function signedHeaders(raw: Omit<RawRequest, "body">, payloadHash: string): { readonly headers: Record<string, string>; readonly signing: Signing } {
  const timestamp = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, "");
  const scope = { date: timestamp.slice(0, 8), region: "us-east-1" };
  const headers: Record<string, string> = { host: `127.0.0.1:${raw.port}`, ...raw.headers, "x-amz-content-sha256": payloadHash, "x-amz-date": timestamp };
  const names = Object.keys(headers).toSorted();
  const [path = "", query = ""] = raw.target.split("?");
  const pairs = query.split("&").flatMap((pair) => (pair === "" ? [] : [[pair.split("=")[0] ?? "", pair.split("=")[1] ?? ""] as const]));
  const key = signingKey(testCredentials.secretAccessKey, scope);
  const text = requestStringToSign(timestamp, scope, {
    method: raw.method,
    path,
    query: pairs,
    headers: names.map((name) => [name, headers[name] ?? ""]),
    payloadHash,
  });
  const signature = sign(key, text);
  headers["authorization"] =
    `AWS4-HMAC-SHA256 Credential=${testCredentials.accessKeyId}/${scope.date}/us-east-1/s3/aws4_request, SignedHeaders=${names.join(";")}, Signature=${signature}`;
  return { headers, signing: { signature, timestamp, scope, key } };
}

/** Signs and sends. */
export function sendSigned(raw: RawRequest & { readonly body?: string | Uint8Array }): Promise<RawReply> {
  const { headers } = signedHeaders(
    raw,
    createHash("sha256")
      .update(raw.body ?? "")
      .digest("hex"),
  );
  return send({ ...raw, headers });
}
