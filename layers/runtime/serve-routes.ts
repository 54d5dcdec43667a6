import { hash } from "node:crypto";
import type { Call, Content, Contract, Operations, Routes } from "#contracts/route.ts";
import { DependencyError, DomainError } from "#core/errors.ts";
import { formatJson } from "./exact-json.ts";
import { explainIssues } from "./explain-issues.ts";
import type { HttpHandler, HttpRequest, HttpResponse } from "./http.ts";
import { logger } from "./logger.ts";
import { type Match, routeMatcher } from "./match-route.ts";
import { requestFields } from "./request-fields.ts";
import { refusal, toResponse } from "./wire-errors.ts";

/** A contract with the operations that answer it. */
export interface Service {
  readonly contract: Contract;
  readonly operations: Readonly<Record<string, (request: never, call: Call) => Promise<unknown>>>;
}

/** Binds a contract to its operations: one that is missing, misspelt or mistyped does not compile. */
export const serve = <R extends Routes>(contract: Contract<R>, operations: Operations<R>): Service => ({ contract, operations });

async function* nothing(): AsyncGenerator<Uint8Array> {}

/** A page that polls pays one hash instead of one body: the same document under the same tag is answered 304 (RFC 9110 section 13.1.2). */
function tagged(request: HttpRequest, body: string): HttpResponse {
  const etag = `"${hash("sha1", body, "base64url")}"`;
  const headers = { "content-type": "application/json", etag, "cache-control": "no-cache" };
  return request.headers["if-none-match"] === etag ? { status: 304, headers, body: "" } : { status: 200, headers, body };
}

function reply({ route, contract }: Match, request: HttpRequest, result: unknown): HttpResponse {
  if (route.response.meta()?.["content"] === true) {
    const { status = 200, headers, body } = result as Content;
    return { status, headers, body };
  }
  const document = formatJson(route.response.parse(result));
  if (contract.surface === "platform" && route.method === "GET") return tagged(request, document);
  return { status: 200, headers: { "content-type": "application/json" }, body: document };
}

function logFailure(match: Match, request: HttpRequest, error: unknown): void {
  const fields = { operation: `${match.contract.name}.${match.operation}`, requestId: request.requestId, principal: request.principal, error };
  if (error instanceof DomainError) logger.debug("refused", fields);
  else if (error instanceof DependencyError) logger.warn("dependency failed", fields);
  else logger.error("defect", fields);
}

async function answer(match: Match, service: Service, request: HttpRequest): Promise<HttpResponse> {
  const { surface } = match.contract;
  const fields = await requestFields(surface, match.route, request, match.parameters);
  const parsed = match.route.request.safeParse(fields);
  if (!parsed.success) throw new DomainError("INVALID_PARAMETER_VALUE", explainIssues(surface, fields, parsed.error.issues));
  const body = match.route.body === "content" ? request.body : nothing();
  const call: Call = { requestId: request.requestId, principal: request.principal, headers: request.headers, body };
  const operation = service.operations[match.operation] as (request: unknown, call: Call) => Promise<unknown>;
  return reply(match, request, await operation(parsed.data, call));
}

/** A handler that answers every route of every service with the operation of the same name. */
export function serveRoutes(...services: readonly Service[]): HttpHandler {
  const matchRoute = routeMatcher(services.map(({ contract }) => contract));
  const byContract = new Map(services.map((service) => [service.contract, service]));
  const surface = services[0]?.contract.surface ?? "platform";
  return async (request) => {
    const match = matchRoute(request.method, request.path);
    if ("allowed" in match) {
      if (match.allowed.length === 0) return refusal(surface, "ENDPOINT_NOT_FOUND", `no operation at ${request.method} ${request.path}`);
      return refusal(surface, "METHOD_NOT_ALLOWED", `${request.method} is not allowed here, use ${match.allowed.join(" or ")}`, {
        allow: match.allowed.join(", "),
      });
    }
    const service = byContract.get(match.contract);
    if (!service) throw new TypeError(`contract ${match.contract.name} has no service`);
    try {
      return await answer(match, service, request);
    } catch (error) {
      logFailure(match, request, error);
      return toResponse(match.contract.surface, error, request.requestId);
    }
  };
}
