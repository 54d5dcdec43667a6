import { Agent } from "node:http";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import { withDependencyErrors } from "./dependency-errors.ts";
import { loopbackSigner } from "./loopback-signer.ts";

/**
 * One client per service and process, made when first asked for. Region, credentials and endpoints come from the standard
 * AWS_* variables: that is the one seam between the laptop and an account (`AWS_ENDPOINT_URL_DYNAMODB`, `AWS_ENDPOINT_URL_S3`).
 */
const lazily = <T>(make: () => T): (() => T) => {
  let made: T | undefined;
  return () => (made ??= make());
};

const keepAlive = { keepAlive: true, maxSockets: 64, noDelay: true } as const;
export const dynamoDb = /* @__PURE__ */ lazily(() => {
  const signer = loopbackSigner(process.env["AWS_ENDPOINT_URL_DYNAMODB"], process.env);
  const requestHandler = { httpAgent: new Agent(keepAlive), httpsAgent: keepAlive };
  const client = new DynamoDBClient({ maxAttempts: 3, requestHandler, ...(signer && { signer }) });
  // It prepares an entry for every call, also where nobody reads it: a sixth of a call's time.
  client.middlewareStack.remove("loggerMiddleware");
  return withDependencyErrors(client);
});
export const s3 = /* @__PURE__ */ lazily(() =>
  withDependencyErrors(
    new S3Client({
      maxAttempts: 3,
      forcePathStyle: process.env["AWS_ENDPOINT_URL_S3"] !== undefined,
      requestHandler: { httpAgent: new Agent(keepAlive), httpsAgent: keepAlive },
    }),
  ),
);
