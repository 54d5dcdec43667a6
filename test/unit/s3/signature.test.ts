import { describe, expect, it } from "vitest";
import { addressOf } from "#infra/local/s3/address.ts";
import { authenticate } from "#infra/local/s3/authenticate.ts";
import { timeOf } from "#infra/local/s3/credentials.ts";
import { S3Error } from "#infra/local/s3/errors.ts";
import { emptyHash, requestStringToSign, sign, signingKey } from "#infra/local/s3/sigv4.ts";

/** The worked examples of the S3 API reference, "Signature Calculations for the Authorization Header" and "Using Query Parameters". */
const credentials = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY" };
const credential = `${credentials.accessKeyId}/20130524/us-east-1/s3/aws4_request`;
const host = "examplebucket.s3.amazonaws.com";
const now = timeOf("20130524T000000Z");

const signed = {
  host,
  range: "bytes=0-9",
  "x-amz-content-sha256": emptyHash,
  "x-amz-date": "20130524T000000Z",
  authorization: `AWS4-HMAC-SHA256 Credential=${credential},SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41`,
};
const presigned = (expires = "86400", signature = "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404") =>
  `/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${encodeURIComponent(credential)}&X-Amz-Date=20130524T000000Z&X-Amz-Expires=${expires}&X-Amz-SignedHeaders=host&X-Amz-Signature=${signature}`;

const byHeader = (headers: Record<string, string> = signed, at = now, target = "/test.txt") =>
  authenticate({ method: "GET", headers, address: addressOf(target, host) }, credentials, at);
const byQuery = (target: string, at = now, headers: Record<string, string> = { host }) =>
  authenticate({ method: "GET", headers, address: addressOf(target, host) }, credentials, at);
function codeOf(attempt: () => unknown): string {
  try {
    attempt();
  } catch (error) {
    if (error instanceof S3Error) return error.code;
    throw error;
  }
  return "accepted";
}

describe("a request signed by header", () => {
  it("is accepted with the signature of the published example", () => {
    expect(byHeader().payloadHash).toBe(emptyHash);
  });
  it.each([
    ["another path", () => byHeader(signed, now, "/test.tx"), "SignatureDoesNotMatch"],
    ["another parameter", () => byHeader(signed, now, "/test.txt?versionId=1"), "SignatureDoesNotMatch"],
    ["another signed header", () => byHeader({ ...signed, range: "bytes=0-10" }), "SignatureDoesNotMatch"],
    ["an x-amz- header that is not signed", () => byHeader({ ...signed, "x-amz-acl": "private" }), "AccessDenied"],
    ["a clock 16 minutes behind", () => byHeader(signed, now + 16 * 60_000), "RequestTimeTooSkewed"],
    ["a clock 16 minutes ahead", () => byHeader(signed, now - 16 * 60_000), "RequestTimeTooSkewed"],
    ["another key", () => byHeader({ ...signed, authorization: signed.authorization.replace("AKIA", "AKIB") }), "InvalidAccessKeyId"],
    ["another service", () => byHeader({ ...signed, authorization: signed.authorization.replace("/s3/", "/sts/") }), "AuthorizationHeaderMalformed"],
    ["no signature", () => byHeader({ host }), "AccessDenied"],
    ["signature version 2", () => byHeader({ ...signed, authorization: "AWS AKIAIOSFODNN7EXAMPLE:abc=" }), "InvalidRequest"],
  ])("is refused with %s", (_what, attempt, code) => {
    expect(codeOf(attempt)).toBe(code);
  });
  it("must say how its body is protected", () => {
    const { "x-amz-content-sha256": _left, ...rest } = signed;

    expect(codeOf(() => byHeader(rest))).toBe("InvalidRequest");
  });
  it("is accepted 14 minutes after it was signed", () => {
    expect(byHeader(signed, now + 14 * 60_000).scope).toEqual({ date: "20130524", region: "us-east-1" });
  });
});

describe("a presigned request", () => {
  it("is accepted with the signature of the published example until it expires", () => {
    expect(byQuery(presigned()).payloadHash).toBe("UNSIGNED-PAYLOAD");
    expect(byQuery(presigned(), now + 86_399_000).payloadHash).toBe("UNSIGNED-PAYLOAD");
    expect(codeOf(() => byQuery(presigned(), now + 86_401_000))).toBe("AccessDenied");
  });
  it.each([
    ["another lifetime", () => byQuery(presigned("86401")), "SignatureDoesNotMatch"],
    ["more than seven days", () => byQuery(presigned("604801")), "AuthorizationQueryParametersError"],
    ["a signature that differs in its last digit", () => byQuery(presigned("86400", `${"a".repeat(63)}5`)), "SignatureDoesNotMatch"],
    ["a shorter signature", () => byQuery(presigned("86400", "aeee")), "SignatureDoesNotMatch"],
    ["a date in the future", () => byQuery(presigned(), now - 3_600_000), "AccessDenied"],
    ["an added parameter", () => byQuery(`${presigned()}&response-content-type=text%2Fhtml`), "SignatureDoesNotMatch"],
    ["an x-amz- header that is not signed", () => byQuery(presigned(), now, { host, "x-amz-meta-a": "b" }), "AccessDenied"],
    ["signature version 2", () => byQuery("/test.txt?AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Signature=abc&Expires=1"), "InvalidRequest"],
    ["a missing parameter", () => byQuery("/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256"), "AuthorizationQueryParametersError"],
  ])("is refused with %s", (_what, attempt, code) => {
    expect(codeOf(attempt)).toBe(code);
  });
});

it("a path's characters are signed in their strict encoding however the client wrote them", () => {
  const scope = { date: "20130524", region: "us-east-1" };
  const parts = { method: "GET", query: [], headers: [["host", host]] as const, payloadHash: emptyHash };
  const key = signingKey(credentials.secretAccessKey, scope);

  const loose = sign(key, requestStringToSign("20130524T000000Z", scope, { ...parts, path: "/a(1)%2B!*'" }));
  const strict = sign(key, requestStringToSign("20130524T000000Z", scope, { ...parts, path: "/a%281%29%2B%21%2A%27" }));

  expect(loose).toBe(strict);
});
