import { once } from "node:events";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";

/** An address of this machine for an API that the emulator tells apart by its host name, which no resolver knows. */
export interface FrontDoor {
  readonly url: string;
  close(): void;
}

/** @param apiUrl as the stack's output says, `http://<id>.execute-api.localhost:<port>` */
export async function openFrontDoor(apiUrl: string): Promise<FrontDoor> {
  const { host, port } = new URL(apiUrl);
  const server = createServer((incoming, outgoing) => {
    const { method, url: path, headers } = incoming;
    const onward = request({ host: "127.0.0.1", port, method, path, headers: { ...headers, host } }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on("error", () => outgoing.destroy());
    incoming.pipe(onward);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
