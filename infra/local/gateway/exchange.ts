import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { HttpRequest, HttpResponse } from "#runtime/http.ts";

/** A node:http request in the form that handlers take. */
export function readRequest(message: IncomingMessage, principal: string): HttpRequest {
  const target = message.url ?? "/";
  const question = target.indexOf("?");
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(message.headers)) headers[name] = Array.isArray(value) ? value.join(", ") : (value ?? "");
  return {
    method: message.method ?? "GET",
    path: question < 0 ? target : target.slice(0, question),
    query: new URLSearchParams(question < 0 ? "" : target.slice(question + 1)),
    headers,
    // A handler that stops reading must not end the connection, on which its refusal is still to be sent.
    body: message.iterator({ destroyOnReturn: false }),
    requestId: randomUUID(),
    principal,
  };
}

/** Writes a handler's response; a client that went away meanwhile is no error. */
export async function writeResponse(response: ServerResponse, requestId: string, { status, headers, body }: HttpResponse): Promise<void> {
  const own = { ...headers, "x-request-id": requestId };
  if (typeof body === "string" || body instanceof Uint8Array) {
    response.writeHead(status, { ...own, "content-length": Buffer.byteLength(body) });
    response.end(body);
    return;
  }
  response.writeHead(status, own);
  try {
    await pipeline(Readable.from(body), response);
  } catch {
    response.destroy();
  }
}
