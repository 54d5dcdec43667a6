import { DomainError, invalid } from "#core/errors.ts";
import type { TensorSpec } from "#core/serving/tensor.ts";
import { parseJson } from "#runtime/exact-json.ts";
import { type HttpRequest, type HttpResponse, readBody } from "#runtime/http.ts";

/** A request whose body is in memory. */
export interface BufferedRequest extends Omit<HttpRequest, "body" | "query"> {
  readonly body: Buffer;
}
export type InferenceHandler = (request: BufferedRequest) => Promise<HttpResponse>;

/** Lambda's buffered payload limit, and the largest body of InvokeEndpoint: the same on every door. */
export const maxBodyBytes = 6_291_456;
export const tooLarge = () => new DomainError("REQUEST_TOO_LARGE", `body must be at most ${maxBodyBytes} bytes`);

/** @throws DomainError when the body is too large */
export async function buffered({ body, ...request }: HttpRequest): Promise<BufferedRequest> {
  const bytes = await readBody(body, maxBodyBytes);
  if (!bytes) throw tooLarge();
  return { ...request, body: bytes };
}

function jsonOf(text: string, parse: (text: string) => unknown): unknown {
  try {
    return parse(text);
  } catch (cause) {
    throw new DomainError("INVALID_PARAMETER_VALUE", `body is not valid JSON: ${(cause as Error).message.slice(0, 200)}`, { cause });
  }
}

/** A JSON body. Doubles are read fast; where the model takes 64-bit integers they are read again, exactly. */
export interface JsonBody {
  readonly document: unknown;
  /** The document with integers beyond 2^53 as `bigint`, if one of these inputs can hold them. */
  exactly(inputs: readonly TensorSpec[]): unknown;
}

/** @throws DomainError when the body is not JSON */
export function jsonBody(body: Buffer): JsonBody {
  const text = body.toString("utf8");
  if (text.trim() === "") throw invalid("body must be a JSON document, got nothing");
  const document = jsonOf(text, JSON.parse);
  return {
    document,
    exactly: (inputs) => (inputs.some(({ datatype }) => datatype === "INT64" || datatype === "UINT64") ? jsonOf(text, parseJson) : document),
  };
}

/** `application/json; charset=utf-8` -> `application/json` */
export const mediaType = (contentType: string | undefined): string => (contentType ?? "").split(";")[0]?.trim().toLowerCase() ?? "";

export const stickyKeyHeader = "x-capstan-key";
export const inferenceIdHeader = "x-amzn-sagemaker-inference-id";
