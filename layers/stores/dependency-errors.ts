import type { MiddlewareStack } from "@smithy/types";
import { DependencyError } from "#core/errors.ts";

const notNow = new Set([
  "ThrottlingException",
  "ProvisionedThroughputExceededException",
  "RequestLimitExceeded",
  "TooManyRequestsException",
  "SlowDown",
  "TransactionInProgressException",
  "ServiceUnavailable",
  "ServiceUnavailableException",
  "InternalServerError",
  "ModelNotReadyException",
  "TimeoutError",
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "ENOTFOUND",
]);

/** A failure of a service or the network as {@link DependencyError}; anything else as it came. */
function asDependencyError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { code, $fault } = error as { code?: string; $fault?: string };
  if (!notNow.has(error.name) && !notNow.has(code ?? "") && $fault !== "server") return error;
  return new DependencyError(`${error.name}: ${error.message}`, { cause: error });
}

/** Makes every call of an SDK client fail with {@link DependencyError} where a repeat may succeed. */
export function withDependencyErrors<C extends { readonly middlewareStack: object }>(client: C): C {
  const stack = client.middlewareStack as MiddlewareStack<object, object>;
  stack.add(
    (next) => async (args) => {
      try {
        return await next(args);
      } catch (error) {
        throw asDependencyError(error);
      }
    },
    { step: "initialize", name: "dependencyErrors", priority: "high" },
  );
  return client;
}
