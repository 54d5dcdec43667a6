import { Agent, request as open } from "node:http";

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

export interface Sent {
  readonly method?: string;
  /** Goes out as it is: no `..` is resolved, nothing is encoded. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

const agent = new Agent({ keepAlive: true, maxSockets: 16 });

/** Sends a request as it is, which `fetch` would not. @throws Error when the connection ends without an answer */
export function send(url: string, { method = "GET", path, headers = {}, body }: Sent): Promise<Answer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
    const outgoing = open({ hostname, port, method, path, agent, headers: { ...length, ...headers } }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.on("error", reject);
      incoming.on("end", () => resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text: Buffer.concat(chunks).toString("utf8") }));
    });
    outgoing.on("error", (cause) => reject(new Error(`${method} ${path.slice(0, 200)}: ${cause.message}`, { cause })));
    outgoing.end(body);
  });
}

export const json = { "content-type": "application/json" } as const;

/** Sends all, a few at a time, in order of the list. */
export async function sendAll<T>(cases: readonly T[], one: (given: T) => Promise<void>): Promise<void> {
  const rest = cases.values();
  const sender = async () => {
    for (const given of rest) await one(given);
  };
  await Promise.all(Array.from({ length: 8 }, sender));
}
