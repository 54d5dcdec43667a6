import type { RequestSigner } from "@smithy/types";

const loopback = new Set(["127.0.0.1", "localhost", "[::1]"]);

/**
 * For an engine on this machine, which asks for the form of a signature and cannot check its keys: the header without the hashing, a
 * third of a call's time. Undefined for every other endpoint, which is signed for properly.
 */
export function loopbackSigner(endpoint: string | undefined, environment: Readonly<Record<string, string | undefined>>): RequestSigner | undefined {
  if (endpoint === undefined || !loopback.has(new URL(endpoint).hostname)) return undefined;
  const date = "20000101";
  const scope = `${environment["AWS_ACCESS_KEY_ID"] ?? "local"}/${date}/${environment["AWS_REGION"] ?? "us-east-1"}/dynamodb/aws4_request`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host;x-amz-date, Signature=${"0".repeat(64)}`;
  return {
    sign: async (request) => {
      Object.assign(request.headers, { "x-amz-date": `${date}T000000Z`, authorization });
      return request;
    },
  };
}
