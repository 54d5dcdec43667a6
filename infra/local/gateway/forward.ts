import { Agent, request as send } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { DependencyError } from "#core/errors.ts";
import type { HttpHandler } from "#runtime/http.ts";
import { toResponse } from "#runtime/wire-errors.ts";

/** Hop-by-hop headers (RFC 9110 section 7.6.1), which end at this gateway. */
const hopByHop = new Set(["connection", "keep-alive", "transfer-encoding", "te", "trailer", "upgrade", "proxy-authorization", "proxy-authenticate"]);
const endToEnd = (headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || hopByHop.has(name) ? [] : [[name, Array.isArray(value) ? value.join(", ") : value]],
    ),
  );

/** A handler that passes requests on to a server process of this machine. @param origin asked at each request, as the process may have been restarted on another port */
export function forward(origin: () => string): HttpHandler {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  return ({ method, path, query, headers, body, requestId, principal }) =>
    new Promise((resolve) => {
      const suffix = query.size > 0 ? `?${query.toString()}` : "";
      const failed = (cause: Error) =>
        resolve(toResponse("kserve", new DependencyError(`the serving process does not answer: ${cause.message}`, { cause }), requestId));
      const outgoing = send(
        `${origin()}${path}${suffix}`,
        { method, agent, headers: { ...endToEnd(headers), "x-request-id": requestId, "x-capstan-principal": principal } },
        (incoming) => {
          resolve({ status: incoming.statusCode ?? 502, headers: endToEnd(incoming.headers), body: incoming });
        },
      );
      outgoing.once("error", failed);
      pipeline(Readable.from(body), outgoing).catch(failed);
    });
}
