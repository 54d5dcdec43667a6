/**
 * Every way a request can fail: the HTTP status it travels under and what the caller can do about it.
 *
 * Codes and statuses are MLflow's (mlflow/exceptions.py, client 3.17.2), used on every surface; a code is never reused.
 */
export const errorCatalog = {
  INVALID_PARAMETER_VALUE: { status: 400, fix: "Correct the named field and send the request again." },
  RESOURCE_ALREADY_EXISTS: { status: 400, fix: "Choose another name, or restore the deleted resource." },
  UNAUTHENTICATED: { status: 401, fix: "Send a bearer token, or basic credentials, that the platform issued." },
  PERMISSION_DENIED: { status: 403, fix: "Ask an administrator for access." },
  RESOURCE_DOES_NOT_EXIST: { status: 404, fix: "List the parent resource to see what exists." },
  ENDPOINT_NOT_FOUND: { status: 404, fix: "Check the path against the API reference." },
  METHOD_NOT_ALLOWED: { status: 405, fix: "Use one of the methods that the reply's Allow header names." },
  RESOURCE_CONFLICT: { status: 409, fix: "Read the resource again and repeat the change on its present state." },
  REQUEST_TOO_LARGE: { status: 413, fix: "Send less at once; upload large artifacts in parts or to a presigned URL." },
  RANGE_NOT_SATISFIABLE: { status: 416, fix: "Ask for a range that begins within the file; a HEAD request tells its length." },
  REQUEST_LIMIT_EXCEEDED: { status: 429, fix: "Repeat after the time that Retry-After names." },
  INTERNAL_ERROR: { status: 500, fix: "Look up the request id in the logs and report it." },
  NOT_IMPLEMENTED: { status: 501, fix: "Use one of the operations that the API reference lists." },
  TEMPORARILY_UNAVAILABLE: { status: 503, fix: "Repeat after the time that Retry-After names." },
} as const satisfies Record<string, { readonly status: number; readonly fix: string }>;

export type ErrorCode = keyof typeof errorCatalog;
