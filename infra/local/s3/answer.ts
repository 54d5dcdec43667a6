import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type Address, addressOf, queryParameters } from "./address.ts";
import { authenticate } from "./authenticate.ts";
import { corsHeaders, preflight } from "./cors.ts";
import type { Credentials } from "./credentials.ts";
import { refusal, S3Error } from "./errors.ts";
import type { S3Reply, Store } from "./exchange.ts";
import { operationOf } from "./operations.ts";
import { payloadOf } from "./payload.ts";
import { plainDocument } from "./xml.ts";

/** Header values by lower-case name, several of one name joined by a comma: the form that is signed. */
function headersOf(request: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(request.headersDistinct).flatMap(([name, values]) => (values === undefined ? [] : [[name, values.map((value) => value.trim()).join(",")]])),
  );
}

/**
 * Headers that a presigned request carries in its query, where presigners put what they know beforehand (metadata, for one).
 * Checksums there are left alone, as in S3: the URL was signed before anyone had the body.
 */
function withHoisted(headers: Readonly<Record<string, string>>, query: URLSearchParams): Record<string, string> {
  if (!query.has("X-Amz-Signature")) return headers;
  const hoisted = [...query]
    .filter(([name]) => /^x-amz-(?!checksum-|sdk-|content-sha256)/.test(name))
    .map(([name, value]) => [name, Buffer.from(value).toString("latin1")]);
  return { ...Object.fromEntries(hoisted), ...headers };
}

const waitsForContinue = (request: IncomingMessage) => request.headers["expect"]?.toLowerCase() === "100-continue";
const continued = new WeakSet<IncomingMessage>();

/** The body's bytes. A client that waits for "100 Continue" gets it now; leaving early does not end the connection. */
async function* bodyOf(request: IncomingMessage, response: ServerResponse): AsyncGenerator<Uint8Array> {
  if (waitsForContinue(request)) {
    continued.add(request);
    response.writeContinue();
  }
  yield* request.iterator({ destroyOnReturn: false });
}

async function reply(store: Store, credentials: Credentials, request: IncomingMessage, response: ServerResponse, address: Address): Promise<S3Reply> {
  const method = request.method ?? "GET";
  const headers = headersOf(request);
  const bucket = address.bucket === undefined ? undefined : store.buckets.find(address.bucket);
  if (method === "OPTIONS") return { status: 200, headers: preflight(bucket, headers) };
  const auth = authenticate({ method, headers, address }, credentials, store.now());
  const query = queryParameters(address);
  const effective = withHoisted(headers, query);
  const operation = operationOf(method, address.bucket, address.key, query, effective["x-amz-copy-source"] !== undefined);
  return operation(store, {
    method,
    bucket: address.bucket ?? "",
    key: address.key ?? "",
    query,
    headers: effective,
    payload: payloadOf(() => bodyOf(request, response), headers, auth),
    origin: `http://${headers["host"] ?? ""}`,
  });
}

function refused(error: unknown, address: Address | undefined, requestId: string): S3Reply {
  const known = error instanceof S3Error ? error : refusal("InternalError", "We encountered an internal error. Please try again.");
  if (known !== error) console.error(`object store: request ${requestId} failed:`, error);
  if (known.status === 304) return { status: 304, headers: known.headers };
  const { Key, BucketName, ...fields } = known.fields;
  const body = plainDocument("Error", [
    ["Code", known.code],
    ["Message", known.message],
    ["BucketName", BucketName ?? address?.bucket],
    ["Key", Key ?? address?.key],
    ...Object.entries(fields),
    ["Resource", address?.path],
    ["RequestId", requestId],
    ["HostId", "capstan"],
  ]);
  return { status: known.status, headers: { "content-type": "application/xml", ...known.headers }, body };
}

async function send(request: IncomingMessage, response: ServerResponse, { status, headers, body }: S3Reply): Promise<void> {
  const bodiless = request.method === "HEAD" || status === 304 || status === 204;
  if (body === undefined || typeof body === "string") {
    const text = Buffer.from(body ?? "");
    const length =
      status === 304 || status === 204 || (request.method === "HEAD" && headers["content-length"] !== undefined)
        ? {}
        : { "content-length": String(text.length) };
    response.writeHead(status, { ...length, ...headers }).end(bodiless ? undefined : text);
  } else {
    response.writeHead(status, { ...headers });
    await pipeline(Readable.from(body, { objectMode: false }), response);
  }
}

/** Answers one request; never rejects. What the client did not get to send is read and dropped, so that it sees the answer. */
export async function answer(store: Store, credentials: Credentials, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const requestId = randomBytes(8).toString("hex").toUpperCase();
  let address: Address | undefined;
  let result: S3Reply;
  try {
    address = addressOf(request.url ?? "/", request.headers.host ?? "");
    result = await reply(store, credentials, request, response, address);
  } catch (error) {
    if (request.errored !== null) return;
    result = refused(error, address, requestId);
  }
  try {
    const bucket = address?.bucket === undefined ? undefined : store.buckets.find(address.bucket);
    const cors = request.method === "OPTIONS" ? {} : corsHeaders(bucket, request.method ?? "GET", headersOf(request));
    // A body that was never asked for may or may not come: the connection cannot be used again.
    const last = waitsForContinue(request) && !continued.has(request) ? { connection: "close" } : {};
    await send(request, response, { ...result, headers: { "x-amz-request-id": requestId, "x-amz-id-2": requestId, ...last, ...cors, ...result.headers } });
    if (!request.readableEnded) request.resume();
  } catch {
    response.destroy();
  } finally {
    result.release?.();
  }
}
