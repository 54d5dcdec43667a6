import * as z from "zod";
import type { Route, Surface } from "#contracts/route.ts";
import { DomainError, invalid } from "#core/errors.ts";
import { type HttpRequest, readBody } from "./http.ts";
import { readDocument } from "./read-document.ts";

type Fields = Record<string, unknown>;
/** Lambda's buffered payload limit: the same on every door, so that the laptop refuses what the cloud would. */
export const maxJsonBytes = 6_291_456;

const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null && !Array.isArray(value);

function isList(schema: unknown): boolean {
  if (schema instanceof z.ZodArray) return true;
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) return isList(schema.unwrap());
  return schema instanceof z.ZodPipe && isList(schema.in);
}

/** Query parameters: a repeated key is a list where the contract says list, else the last one counts. */
function queryFields(route: Route, query: URLSearchParams): Fields {
  const fields: Fields = {};
  for (const key of new Set(query.keys())) fields[key] = isList(route.request.shape[key]) ? query.getAll(key) : query.getAll(key).at(-1);
  return fields;
}

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Protobuf JSON: null means unset, and `runId` is `run_id` (3.17.2 wire, section 1.2). */
function protobufFields(fields: Fields): Fields {
  const read: Fields = {};
  for (const [name, value] of Object.entries(fields)) {
    if (value === null) continue;
    const field = snake(name);
    if (field in read || (field !== name && field in fields)) throw invalid(`field '${field}' is given in two spellings, send one of them`);
    read[field] = value;
  }
  return read;
}

const mediaType = (request: HttpRequest) => (request.headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase() ?? "";

/** MLflow's reading of a body: unparseable is empty, and a string that holds JSON is read a second time. */
function mlflowDocument(request: HttpRequest, text: string): unknown {
  if (text === "") return {};
  if (mediaType(request) !== "application/json") throw invalid("Bad Request. Content-Type must be one of ['application/json'].");
  try {
    const once = readDocument(text);
    return typeof once === "string" ? readDocument(once) : once;
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

function document(surface: Surface, request: HttpRequest, text: string): unknown {
  if (surface === "mlflow") return mlflowDocument(request, text);
  if (text.trim() === "") return {};
  try {
    return readDocument(text);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new DomainError("INVALID_PARAMETER_VALUE", `body is not valid JSON: ${cause.message}`, { cause });
  }
}

/** All fields of a request in one object, not yet checked against the contract. @throws DomainError when the body cannot be read */
export async function requestFields(surface: Surface, route: Route, request: HttpRequest, parameters: Fields): Promise<Fields> {
  const query = queryFields(route, request.query);
  if (route.method === "GET" || route.body === "content") return { ...query, ...parameters };
  const bytes = await readBody(request.body, maxJsonBytes);
  if (!bytes) throw new DomainError("REQUEST_TOO_LARGE", `body must be at most ${maxJsonBytes} bytes`);
  const body = document(surface, request, bytes.toString("utf8"));
  if (!isFields(body)) throw invalid(`body must be a JSON object, got ${Array.isArray(body) ? "an array" : JSON.stringify(body)?.slice(0, 100)}`);
  return { ...query, ...(surface === "mlflow" ? protobufFields(body) : body), ...parameters };
}
