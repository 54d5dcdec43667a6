import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { readRequest, writeResponse } from "#infra/local/gateway/exchange.ts";
import type { HttpHandler } from "#runtime/http.ts";
import { toResponse } from "#runtime/wire-errors.ts";

export interface LoopbackServer {
  /** Without a slash at the end. */
  readonly url: string;
  stop(): Promise<void>;
}

/** A handler on a free port of 127.0.0.1, for clients that are other processes. Everybody is `anonymous`. */
export async function serveOnLoopback(handler: HttpHandler): Promise<LoopbackServer> {
  const server = createServer({ noDelay: true }, (message, response) => {
    const request = readRequest(message, "anonymous");
    handler(request)
      .catch((error: unknown) => toResponse("platform", error, request.requestId))
      .then((reply) => writeResponse(response, request.requestId, reply))
      .catch(() => response.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
