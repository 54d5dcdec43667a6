import { Agent, type IncomingMessage, request as send } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { DependencyError } from "#core/errors.ts";
import { type HttpHandler, readBody } from "#runtime/http.ts";
import { toResponse } from "#runtime/wire-errors.ts";

/** Hop-by-hop headers (RFC 9110 section 7.6.1), which end at this gateway. */
const hopByHop = new Set(["connection", "keep-alive", "transfer-encoding", "te", "trailer", "upgrade", "proxy-authorization", "proxy-authenticate"]);

function endToEnd(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined && !hopByHop.has(name)) kept[name] = Array.isArray(value) ? value.join(", ") : value;
  }
  return kept;
}

/** Bodies that say to be no longer than this travel in one piece: streams cost more than all else that happens to a small request. */
const wholeBytes = 1_048_576;
const isSmall = ({ "content-length": length, "transfer-encoding": coding }: Readonly<Record<string, string | string[] | undefined>>): boolean =>
  length === undefined ? coding === undefined : Number(length) <= wholeBytes;

async function contentOf(incoming: IncomingMessage): Promise<Uint8Array | IncomingMessage> {
  if (incoming.headers["content-length"] === undefined || !isSmall(incoming.headers)) return incoming;
  return (await readBody(incoming, wholeBytes)) ?? incoming;
}

/** A handler that passes requests on to a server process of this machine. @param origin asked at each request, as the process may have been restarted on another port */
export function forward(origin: () => string): HttpHandler {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  return ({ method, path, query, headers, body, requestId, principal }) =>
    new Promise((resolve) => {
      const suffix = query.size > 0 ? `?${query.toString()}` : "";
      const failed = (cause: Error) =>
        resolve(toResponse("kserve", new DependencyError(`the serving process does not answer: ${cause.message}`, { cause }), requestId));
      const { hostname, port } = new URL(origin());
      const own = { ...endToEnd(headers), "x-request-id": requestId, "x-capstan-principal": principal };
      const outgoing = send({ hostname, port, path: `${path}${suffix}`, method, agent, headers: own }, (incoming) => {
        contentOf(incoming).then((content) => resolve({ status: incoming.statusCode ?? 502, headers: endToEnd(incoming.headers), body: content }), failed);
      });
      outgoing.once("error", failed);
      const sent = isSmall(headers) ? readBody(body, wholeBytes).then((bytes) => void outgoing.end(bytes)) : pipeline(Readable.from(body), outgoing);
      sent.catch((error: unknown) => {
        outgoing.destroy();
        failed(error instanceof Error ? error : new Error(String(error)));
      });
    });
}
