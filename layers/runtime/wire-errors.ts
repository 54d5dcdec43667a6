import { type ErrorCode, errorCatalog } from "#contracts/errors.ts";
import type { Surface } from "#contracts/route.ts";
import { DependencyError, DomainError } from "#core/errors.ts";
import type { HttpResponse } from "./http.ts";

/** How each surface's clients expect to be refused. */
const forms: Readonly<Record<Surface, (code: ErrorCode, message: string) => object>> = {
  mlflow: (error_code, message) => ({ error_code, message }),
  platform: (error_code, message) => ({ error_code, message }),
  feast: (_code, detail) => ({ detail }),
  kserve: (_code, error) => ({ error }),
  sagemaker: (_code, message) => ({ message }),
};
/** SageMaker Runtime's exception names, by HTTP status (service model of InvokeEndpoint). */
const sageMakerType = (status: number) =>
  status === 503 ? "ServiceUnavailable" : status === 429 ? "ThrottlingException" : status < 500 ? "ValidationError" : "InternalFailure";

/** A refusal in the surface's own form. */
export function refusal(surface: Surface, code: ErrorCode, message: string, headers: Readonly<Record<string, string>> = {}): HttpResponse {
  const { status } = errorCatalog[code];
  return {
    status,
    headers: { "content-type": "application/json", ...(surface === "sagemaker" && { "x-amzn-errortype": sageMakerType(status) }), ...headers },
    body: JSON.stringify(forms[surface](code, message)),
  };
}

/** Whatever was thrown, as a response; a defect's text stays with us, the caller gets the request id to quote. */
export function toResponse(surface: Surface, error: unknown, requestId: string): HttpResponse {
  if (error instanceof DomainError) return refusal(surface, error.code, error.message);
  if (error instanceof DependencyError) return refusal(surface, "TEMPORARILY_UNAVAILABLE", error.message, { "retry-after": String(error.retryAfterSeconds) });
  return refusal(surface, "INTERNAL_ERROR", `internal error, request id ${requestId}`);
}
