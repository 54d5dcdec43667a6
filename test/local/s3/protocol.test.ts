import { Agent } from "node:http";
import { GetObjectCommand, HeadObjectCommand, ListObjectsV2Command, PutBucketCorsCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chunkStringToSign, sha256Hex, sign, trailerStringToSign } from "#infra/local/s3/sigv4.ts";
import { refusal, textOf } from "#test/support/object-store/case.ts";
import { send, sendSigned, signedHeaders } from "#test/support/object-store/raw-request.ts";
import { startTestObjectStore, type TestObjectStore, testCredentials } from "#test/support/object-store/start.ts";

let store: TestObjectStore;
beforeAll(async () => {
  store = await startTestObjectStore();
});
afterAll(() => store.stop());
const codeOf = (text: string) => /<Code>(\w+)<\/Code>/.exec(text)?.[1];

describe("signatures", () => {
  it("requests without one are refused with a document that names the request", async () => {
    const { status, headers, text } = await send({ port: store.port, method: "GET", target: "/plain/a" });

    expect([status, codeOf(text), headers["content-type"]]).toEqual([403, "AccessDenied", "application/xml"]);
    expect(text).toContain(`<RequestId>${String(headers["x-amz-request-id"])}</RequestId>`);
  });
  it("bodies that differ from the signed hash leave nothing behind", async () => {
    const raw = { port: store.port, method: "PUT", target: "/plain/forged" };
    const { headers } = signedHeaders(raw, sha256Hex("what was signed"));

    const { status, text } = await send({ ...raw, headers, body: "what was sent!!" });

    expect([status, codeOf(text)]).toEqual([400, "XAmzContentSHA256Mismatch"]);
    expect((await refusal(store.client.send(new HeadObjectCommand({ Bucket: "plain", Key: "forged" })))).status).toBe(404);
  });
  it("a wrong one is refused before the body is asked for", async () => {
    const raw = { port: store.port, method: "PUT", target: "/plain/expect" };
    const { headers } = signedHeaders({ ...raw, headers: { expect: "100-continue", "content-length": "5" } }, sha256Hex("hello"));

    const { status, headers: answered } = await send({
      ...raw,
      headers: { ...headers, authorization: headers["authorization"]?.replace(/.$/, "x") ?? "" },
      body: "hello",
    });

    expect([status, answered.connection]).toEqual([403, "close"]);
  });
});

describe("signed streams", () => {
  const chunked = (trailer: boolean, forge: (text: string) => string = (text) => text) => {
    const kind = trailer ? "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER" : "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
    const pieces = ["hello ", "world", ""];
    const announced = { "content-encoding": "aws-chunked", "x-amz-decoded-content-length": "11", ...(trailer && { "x-amz-trailer": "x-amz-checksum-crc32" }) };
    const raw = { port: store.port, method: "PUT", target: "/plain/streamed", headers: announced };
    const { headers, signing } = signedHeaders(raw, kind);
    let previous = signing.signature;
    let body = "";
    for (const piece of pieces) {
      previous = sign(signing.key, chunkStringToSign(signing.timestamp, signing.scope, previous, sha256Hex(piece)));
      body += `${piece.length.toString(16)};chunk-signature=${previous}\r\n${piece}${piece === "" ? "" : "\r\n"}`;
    }
    const sum = "x-amz-checksum-crc32:DUoRhQ==";
    const signature = sign(signing.key, trailerStringToSign(signing.timestamp, signing.scope, previous, `${sum}\n`));
    body += trailer ? `${sum}\r\nx-amz-trailer-signature:${signature}\r\n\r\n` : "\r\n";
    return send({ ...raw, headers: { ...headers, "content-length": String(body.length) }, body: forge(body) });
  };
  it.each([false, true])("are stored without their framing (trailer: %s)", async (trailer) => {
    const { status, headers } = await chunked(trailer);

    const got = await store.client.send(new GetObjectCommand({ Bucket: "plain", Key: "streamed" }));

    expect([status, headers["x-amz-checksum-crc32"], await textOf(got), got.ContentEncoding]).toEqual([
      200,
      trailer ? "DUoRhQ==" : undefined,
      "hello world",
      undefined,
    ]);
  });
  it.each([
    ["a changed byte", false, (text: string) => text.replace("world", "w0rld"), "SignatureDoesNotMatch"],
    ["a changed trailer", true, (text: string) => text.replace("DUoRhQ==", "AAAAAA=="), "SignatureDoesNotMatch"],
  ] as const)("are refused with %s", async (_what, trailer, forge, code) => {
    const { text } = await chunked(trailer, forge);

    expect(codeOf(text)).toBe(code);
  });
});

describe("keys", () => {
  const hostile = [
    "..",
    "../..",
    "../../etc/passwd",
    "./a",
    "a//b",
    "/",
    "//",
    "con",
    "NUL.txt",
    "a\\b",
    "🙂",
    "a",
    "a/b",
    "a/",
    "~",
    ".hidden",
    " ",
    "a\nb",
    "%2e%2e",
    "x".repeat(1024),
  ];
  it("that would be dangerous file names are ordinary keys", async () => {
    for (const Key of hostile) await store.client.send(new PutObjectCommand({ Bucket: "kept", Key, Body: `<${Key}>` }));

    const bodies = await Promise.all(hostile.map(async (Key) => textOf(await store.client.send(new GetObjectCommand({ Bucket: "kept", Key })))));
    const listed = await store.client.send(new ListObjectsV2Command({ Bucket: "kept" }));

    expect(bodies).toEqual(hostile.map((key) => `<${key}>`));
    expect(listed.Contents?.map(({ Key }) => Key)).toEqual(hostile.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
  });
  it.each([
    ["longer than 1,024 bytes", `/plain/${"x".repeat(1025)}`, "KeyTooLongError"],
    ["with NUL", "/plain/a%00b", "InvalidArgument"],
    ["that are not UTF-8", "/plain/%C3", "InvalidURI"],
  ])("%s are refused", async (_what, target, code) => {
    const { text } = await send({ port: store.port, method: "PUT", target, body: "x" });

    expect(codeOf(text)).toBe(code);
  });
  it("reach the bucket that the host name names", async () => {
    const agent = new Agent({ lookup: (_host, _options, done) => done(null, [{ address: "127.0.0.1", family: 4 }]) });
    const client = new S3Client({
      endpoint: `http://localhost:${store.port}`,
      region: "us-east-1",
      credentials: testCredentials,
      requestHandler: { httpAgent: agent },
    });

    await client.send(new PutObjectCommand({ Bucket: "plain", Key: "by/host", Body: "x" }));
    client.destroy();

    expect((await store.client.send(new HeadObjectCommand({ Bucket: "plain", Key: "by/host" }))).ContentLength).toBe(1);
  });
});

describe("browsers", () => {
  const preflight = (origin: string, method = "PUT") =>
    send({
      port: store.port,
      method: "OPTIONS",
      target: "/plain/a",
      headers: { origin, "access-control-request-method": method, "access-control-request-headers": "content-type,x-amz-meta-a" },
    });
  beforeAll(async () => {
    const rule = {
      AllowedOrigins: ["http://*.example.com"],
      AllowedMethods: ["PUT", "GET"],
      AllowedHeaders: ["content-type", "x-amz-meta-*"],
      ExposeHeaders: ["ETag"],
      MaxAgeSeconds: 60,
    };
    await store.client.send(new PutBucketCorsCommand({ Bucket: "plain", CORSConfiguration: { CORSRules: [rule] } }));
  });
  it("are told before they ask what a page may do", async () => {
    const allowed = await preflight("http://app.example.com");

    expect([allowed.status, allowed.headers["access-control-allow-origin"], allowed.headers["access-control-allow-headers"]]).toEqual([
      200,
      "http://app.example.com",
      "content-type, x-amz-meta-a",
    ]);
    expect((await preflight("http://evil.com")).status).toBe(403);
    expect((await preflight("http://app.example.com", "DELETE")).status).toBe(403);
  });
  it("may read refusals too", async () => {
    const { status, headers } = await sendSigned({ port: store.port, method: "GET", target: "/plain/nothing", headers: { origin: "http://app.example.com" } });

    expect([status, headers["access-control-allow-origin"], headers["access-control-expose-headers"]]).toEqual([404, "http://app.example.com", "ETag"]);
  });
});

describe("requests that S3 has and this server has not", () => {
  it.each([
    ["GET", "/plain?policy", {}, 501, "NotImplemented"],
    ["PUT", "/plain/a?tagging", {}, 501, "NotImplemented"],
    ["PUT", "/plain/a", { "x-amz-tagging": "a=b" }, 501, "NotImplemented"],
    ["PUT", "/plain/a", { "x-amz-acl": "public-read" }, 400, "AccessControlListNotSupported"],
    ["POST", "/plain/a", {}, 405, "MethodNotAllowed"],
  ])("%s %s %j answers %i %s", async (method, target, headers, status, code) => {
    const reply = await sendSigned({ port: store.port, method, target, headers });

    expect([reply.status, codeOf(reply.text)]).toEqual([status, code]);
  });
  it("a body without a length is refused", async () => {
    const raw = { port: store.port, method: "PUT", target: "/plain/a" };
    const { headers } = signedHeaders(raw, "UNSIGNED-PAYLOAD");

    const { status } = await send({ ...raw, headers: { ...headers, "transfer-encoding": "chunked" }, body: "x" });

    expect(status).toBe(411);
  });
});
