import { connect, type Socket } from "node:net";

/** An answer, as far as load needs to know it. */
interface Answer {
  readonly status: number;
  readonly body: Buffer;
  /** The server ends the connection after this answer. */
  readonly closes: boolean;
}

const endOfHead = Buffer.from("\r\n\r\n");

/** The end of a chunked body (RFC 9112 section 7.1) that starts at an offset; -1 while it is not all there. */
function endOfChunks(bytes: Buffer, start: number): number {
  let at = start;
  for (;;) {
    const line = bytes.indexOf("\r\n", at);
    if (line < 0) return -1;
    const size = Number.parseInt(bytes.toString("latin1", at, line), 16);
    at = line + 2 + size + 2;
    if (at > bytes.length) return -1;
    if (size === 0) return at;
  }
}

/** The first whole answer in what has been received; undefined while it is not all there. */
function parse(bytes: Buffer): Answer | undefined {
  const head = bytes.indexOf(endOfHead);
  if (head < 0) return undefined;
  const text = bytes.toString("latin1", 0, head);
  const status = Number(text.slice(9, 12));
  const start = head + 4;
  const closes = /\r\nconnection: *close/i.test(text);
  const length = /\r\ncontent-length: *(\d+)/i.exec(text)?.[1];
  const end = length === undefined && /\r\ntransfer-encoding: *chunked/i.test(text) ? endOfChunks(bytes, start) : start + Number(length ?? 0);
  return end < 0 || bytes.length < end ? undefined : { status, body: bytes.subarray(start, end), closes };
}

/**
 * One HTTP/1.1 connection that is used for one request after another. Written on node:net because node:http's client costs more CPU a
 * request than the servers under test, and would be what is measured.
 */
export interface Connection {
  /** @throws Error when the connection breaks before the answer is whole */
  send(request: string): Promise<Answer>;
  end(): void;
}

/** @param keepAlive without it, a connection is made for each request */
export function connection(host: string, port: number, keepAlive: boolean): Connection {
  let socket: Socket | undefined;
  let received: Buffer = Buffer.alloc(0);
  let waiting: { readonly resolve: (answer: Answer) => void; readonly reject: (error: Error) => void } | undefined;

  function open(): Socket {
    const opened = connect({ host, port, noDelay: true });
    received = Buffer.alloc(0);
    opened.on("data", (chunk) => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
      const answer = parse(received);
      if (!answer || !waiting) return;
      const { resolve } = waiting;
      waiting = undefined;
      received = Buffer.alloc(0);
      if (!keepAlive || answer.closes) drop();
      resolve(answer);
    });
    opened.on("error", (error) => broken(opened, error));
    opened.on("close", () => broken(opened, new Error("the connection was closed before the answer")));
    return opened;
  }
  function drop(): void {
    socket?.destroy();
    socket = undefined;
  }
  function broken(which: Socket, error: Error): void {
    if (which !== socket) return;
    socket = undefined;
    const waiter = waiting;
    waiting = undefined;
    waiter?.reject(error);
  }
  return {
    send: (request) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        socket ??= open();
        socket.write(request);
      }),
    end: drop,
  };
}
