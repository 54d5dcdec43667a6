import { type Address, queryParameters } from "./address.ts";
import { type Claim, type Credentials, claimOf, timeOf } from "./credentials.ts";
import { invalidArgument, refusal } from "./errors.ts";
import { type CredentialScope, requestStringToSign, sameSignature, sign, signingKey } from "./sigv4.ts";

/** How a verified request says that its body is protected. */
export interface Authentication {
  /** The value of x-amz-content-sha256: a hash in hex, UNSIGNED-PAYLOAD, or one of the STREAMING- forms. */
  readonly payloadHash: string;
  readonly timestamp: string;
  readonly scope: CredentialScope;
  readonly signingKey: Uint8Array;
  /** The signature that the first chunk of a streamed body continues. */
  readonly seedSignature: string;
}

/** The method, headers and address that came in. */
export interface IncomingHead {
  readonly method: string;
  /** Lower-case names; several values joined by a comma; characters are bytes (latin1). */
  readonly headers: Readonly<Record<string, string>>;
  readonly address: Address;
}

const fifteenMinutes = 15 * 60_000;
const payloadForms = /^(?:[0-9a-f]{64}|UNSIGNED-PAYLOAD|STREAMING-AWS4-HMAC-SHA256-PAYLOAD(?:-TRAILER)?|STREAMING-UNSIGNED-PAYLOAD-TRAILER)$/;

function checkTime({ timestamp, scope, expiresSeconds }: Claim, now: number): void {
  const signedAt = timeOf(timestamp);
  if (!timestamp.startsWith(scope.date)) throw refusal("SignatureDoesNotMatch", "The date of the credential scope is not the date of the request.");
  if (expiresSeconds === undefined) {
    if (Math.abs(now - signedAt) > fifteenMinutes)
      throw refusal("RequestTimeTooSkewed", "The difference between the request time and the current time is too large.", {
        RequestTime: timestamp,
        ServerTime: new Date(now).toISOString(),
        MaxAllowedSkewMilliseconds: String(fifteenMinutes),
      });
    return;
  }
  if (signedAt - now > fifteenMinutes) throw refusal("AccessDenied", "Request is not yet valid", { ServerTime: new Date(now).toISOString() });
  if (now > signedAt + expiresSeconds * 1000)
    throw refusal("AccessDenied", "Request has expired", {
      "X-Amz-Expires": String(expiresSeconds),
      Expires: new Date(signedAt + expiresSeconds * 1000).toISOString(),
      ServerTime: new Date(now).toISOString(),
    });
}

/** Headers that change what S3 does must be covered by the signature: all of x-amz-*, and Host. */
function checkSignedHeaders({ signedHeaders }: Claim, headers: Readonly<Record<string, string>>): void {
  const signed = new Set(signedHeaders);
  const left = ["host", ...Object.keys(headers).filter((name) => name.startsWith("x-amz-") && name !== "x-amz-content-sha256")].filter(
    (name) => !signed.has(name),
  );
  if (left.length > 0) throw refusal("AccessDenied", "There were headers present in the request which were not signed", { HeadersNotSigned: left.join(", ") });
}

function payloadHashOf({ expiresSeconds }: Claim, { headers, address }: IncomingHead): string {
  const inQuery = address.query.find(([name]) => name === "X-Amz-Content-Sha256")?.[1];
  const value = headers["x-amz-content-sha256"] ?? inQuery ?? (expiresSeconds === undefined ? undefined : "UNSIGNED-PAYLOAD");
  if (value === undefined) throw refusal("InvalidRequest", "Missing required header for this request: x-amz-content-sha256");
  if (!payloadForms.test(value))
    throw invalidArgument(
      "x-amz-content-sha256",
      value,
      "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER or a valid sha256 value.",
    );
  return value;
}

/** Verifies a request's signature, by header or by query. @throws S3Error saying what is wrong with it */
export function authenticate(head: IncomingHead, credentials: Credentials, now: number): Authentication {
  const claim = claimOf(head.headers, queryParameters(head.address));
  if (claim.accessKeyId !== credentials.accessKeyId)
    throw refusal("InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.", { AWSAccessKeyId: claim.accessKeyId });
  checkTime(claim, now);
  checkSignedHeaders(claim, head.headers);
  const payloadHash = payloadHashOf(claim, head);
  const key = signingKey(credentials.secretAccessKey, claim.scope);
  const stringToSign = requestStringToSign(claim.timestamp, claim.scope, {
    method: head.method,
    path: head.address.path,
    query: head.address.query.filter(([name]) => claim.expiresSeconds === undefined || name !== "X-Amz-Signature"),
    headers: claim.signedHeaders.map((name) => [name, head.headers[name] ?? ""]),
    payloadHash,
  });
  if (!sameSignature(sign(key, stringToSign), claim.signature))
    throw refusal(
      "SignatureDoesNotMatch",
      "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
      {
        AWSAccessKeyId: claim.accessKeyId,
        StringToSign: stringToSign,
        SignatureProvided: claim.signature,
      },
    );
  return { payloadHash, timestamp: claim.timestamp, scope: claim.scope, signingKey: key, seedSignature: claim.signature };
}
