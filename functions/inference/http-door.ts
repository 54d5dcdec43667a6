import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { HttpResponse } from "#runtime/http.ts";
import { toResponse } from "#runtime/wire-errors.ts";
import { type InferenceHandler, maxBodyBytes, tooLarge } from "./request.ts";

/** The whole body, or undefined once it grows beyond the limit; the rest is then read and dropped, so that the refusal arrives. */
function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBodyBytes) chunks.push(chunk);
    });
    request.on("end", () => {
      const [first] = chunks;
      if (size > maxBodyBytes) resolve(undefined);
      else resolve(first && chunks.length === 1 ? first : Buffer.concat(chunks));
    });
    request.on("error", reject);
  });
}

/** Headers of a request as one text each; repeated ones are joined, as HTTP says. */
function headersOf({ headers }: IncomingMessage): Readonly<Record<string, string>> {
  for (const name in headers)
    if (typeof headers[name] !== "string") return Object.fromEntries(Object.entries(headers).map(([key, value]) => [key, String(value)]));
  return headers as Record<string, string>;
}

function send(response: ServerResponse, { status, headers, body }: HttpResponse, closing: boolean): void {
  const bytes = typeof body === "string" || body instanceof Uint8Array ? body : "";
  response.writeHead(status, {
    ...headers,
    "content-length": typeof bytes === "string" ? Buffer.byteLength(bytes) : bytes.byteLength,
    ...(closing && { connection: "close" }),
  });
  response.end(bytes);
}

const pathOf = (url: string): string => {
  const query = url.indexOf("?");
  return query === -1 ? url : url.slice(0, query);
};

/** A door that can be shut: what is under way is answered, what comes after is refused a connection. */
export interface Door {
  readonly server: Server;
  /** Resolves when everything under way is answered. */
  close(): Promise<void>;
}

/** The node:http door of the inference core, for containers and the laptop. */
export function httpDoor(handler: InferenceHandler): Door {
  let counter = 0;
  let closing = false;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = pathOf(request.url ?? "/");
    const headers = headersOf(request);
    const requestId = headers["x-request-id"] ?? `${process.pid}-${counter++}`;
    const body = await bodyOf(request);
    const surface = path.startsWith("/v2") ? "kserve" : path.startsWith("/predict") ? "platform" : "sagemaker";
    const reply = body
      ? await handler({ method: request.method ?? "GET", path, headers, body, requestId, principal: "anonymous" })
      : toResponse(surface, tooLarge(), requestId);
    send(response, reply, closing);
  }

  const server = createServer({ noDelay: true, keepAliveTimeout: 65_000, requestTimeout: 60_000 }, (request, response) => {
    // A request that breaks off has nobody left to answer.
    answer(request, response).catch(() => response.destroy());
  });
  return {
    server,
    close: () =>
      new Promise((resolve) => {
        closing = true;
        server.close(() => resolve());
        server.closeIdleConnections();
      }),
  };
}
