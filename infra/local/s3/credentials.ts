import { refusal, type S3Error } from "./errors.ts";
import type { CredentialScope } from "./sigv4.ts";

/** The one key pair that the server accepts. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** What a request claims about its signature, from its Authorization header or its query. */
export interface Claim {
  readonly accessKeyId: string;
  readonly scope: CredentialScope;
  /** YYYYMMDDTHHMMSSZ */
  readonly timestamp: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** Seconds that a presigned request stays valid after its timestamp; undefined for a request signed by header. */
  readonly expiresSeconds: number | undefined;
}

/** Milliseconds since the epoch of YYYYMMDDTHHMMSSZ, or NaN. */
export function timeOf(timestamp: string): number {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(timestamp);
  return parts === null ? Number.NaN : Date.parse(`${parts[1]}-${parts[2]}-${parts[3]}T${parts[4]}:${parts[5]}:${parts[6]}Z`);
}

/** `<access key>/<date>/<region>/s3/aws4_request`; the access key itself may hold slashes. */
function credentialOf(text: string, malformed: (message: string) => S3Error): Pick<Claim, "accessKeyId" | "scope"> {
  const [, accessKeyId, date, region, service, terminator] = /^(.+)\/([^/]+)\/([^/]+)\/([^/]+)\/([^/]+)$/.exec(text) ?? [];
  if (accessKeyId === undefined || date === undefined || region === undefined || terminator !== "aws4_request")
    throw malformed('the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/s3/aws4_request".');
  if (service !== "s3") throw malformed(`incorrect service "${service ?? ""}". This endpoint belongs to "s3".`);
  return { accessKeyId, scope: { date, region } };
}

function headerClaim(authorization: string, headers: Readonly<Record<string, string>>): Claim {
  const malformed = (message: string) => refusal("AuthorizationHeaderMalformed", `The authorization header is malformed; ${message}`);
  const fields = new Map(
    authorization
      .slice("AWS4-HMAC-SHA256".length)
      .split(",")
      .map((field) => [field.slice(0, field.indexOf("=")).trim(), field.slice(field.indexOf("=") + 1).trim()]),
  );
  const [credential, signedHeaders, signature] = [fields.get("Credential"), fields.get("SignedHeaders"), fields.get("Signature")];
  if (credential === undefined || signedHeaders === undefined || signature === undefined)
    throw malformed("Credential, SignedHeaders and Signature are required.");
  const date = headers["x-amz-date"] ?? headers["date"] ?? "";
  const timestamp = Number.isNaN(timeOf(date)) && !Number.isNaN(Date.parse(date)) ? new Date(date).toISOString().replaceAll(/[-:]|\.\d+/g, "") : date;
  if (Number.isNaN(timeOf(timestamp))) throw refusal("AccessDenied", "AWS authentication requires a valid Date or x-amz-date header");
  return { ...credentialOf(credential, malformed), timestamp, signedHeaders: signedHeaders.split(";"), signature, expiresSeconds: undefined };
}

function queryClaim(query: URLSearchParams): Claim {
  const malformed = (message: string) => refusal("AuthorizationQueryParametersError", `Error parsing the query; ${message}`);
  const field = (name: string): string => {
    const value = query.get(name);
    if (value === null)
      throw refusal(
        "AuthorizationQueryParametersError",
        "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.",
      );
    return value;
  };
  if (field("X-Amz-Algorithm") !== "AWS4-HMAC-SHA256") throw malformed('X-Amz-Algorithm only supports "AWS4-HMAC-SHA256"');
  const expires = field("X-Amz-Expires");
  const timestamp = field("X-Amz-Date");
  if (!/^\d{1,6}$/.test(expires) || Number(expires) > 604_800) throw malformed("X-Amz-Expires must be between 0 and 604800 seconds");
  if (Number.isNaN(timeOf(timestamp))) throw malformed("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"");
  return {
    ...credentialOf(field("X-Amz-Credential"), malformed),
    timestamp,
    signedHeaders: field("X-Amz-SignedHeaders").split(";"),
    signature: field("X-Amz-Signature"),
    expiresSeconds: Number(expires),
  };
}

/** Reads who signed a request and how. @throws S3Error AccessDenied for a request that nobody signed */
export function claimOf(headers: Readonly<Record<string, string>>, query: URLSearchParams): Claim {
  const authorization = headers["authorization"];
  const inQuery = query.has("X-Amz-Algorithm") || query.has("X-Amz-Signature") || query.has("X-Amz-Credential");
  const outdated = () => refusal("InvalidRequest", "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.");
  if (authorization === undefined) {
    if (inQuery) return queryClaim(query);
    // Signature version 2, which S3 refuses for buckets made since June 2020; boto3 presigns with it unless signature_version is "s3v4".
    if (query.has("AWSAccessKeyId") && query.has("Signature")) throw outdated();
    throw refusal("AccessDenied", "Access Denied");
  }
  if (inQuery)
    throw refusal(
      "InvalidRequest",
      "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter or the Authorization header should be specified",
    );
  if (!/^AWS4-HMAC-SHA256\s/.test(authorization)) throw outdated();
  return headerClaim(authorization, headers);
}
