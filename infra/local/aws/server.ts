import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { logger } from "#runtime/logger.ts";
import { AwsError } from "./aws-error.ts";

/** One operation: its input as the client sent it, its output as JSON. @throws AwsError what the SDK shows under that name */
export type Operation = (input: Readonly<Record<string, unknown>>) => Promise<object | undefined>;
/** `<service prefix>.<operation>`, as the X-Amz-Target header names it. */
export type Operations = Readonly<Record<string, Operation>>;

/** An operation of a service whose requests are paths rather than targets: EventBridge Scheduler. */
export interface RestRoute {
  readonly method: string;
  /** Its groups become fields of the input. */
  readonly path: RegExp;
  readonly run: Operation;
}

export interface AwsServer {
  readonly endpoint: string;
  stop(): Promise<void>;
}

const bodyLimit = 4 * 1024 * 1024;
/** Pages of other sites must not reach the server, neither through a name that resolves to this machine nor by a form: AWS's clients send no Origin. */
const isLocal = ({ host = "", origin }: IncomingMessage["headers"]) => origin === undefined && /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host);

async function readJson(request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > bodyLimit) throw new AwsError("RequestEntityTooLargeException", `the request must be at most ${bodyLimit} bytes`, 413);
    chunks.push(chunk);
  }
  if (size === 0) return {};
  try {
    const body: unknown = JSON.parse(Buffer.concat(chunks).toString("utf8"));
    if (typeof body === "object" && body !== null && !Array.isArray(body)) return body as Readonly<Record<string, unknown>>;
  } catch {
    // answered below, as for JSON that is no object
  }
  throw new AwsError("SerializationException", "the body must be a JSON object");
}

function findOperation(
  request: IncomingMessage,
  operations: Operations,
  routes: readonly RestRoute[],
): { run: Operation; fields: Readonly<Record<string, string>> } {
  const target = request.headers["x-amz-target"];
  if (typeof target === "string") {
    const run = Object.hasOwn(operations, target) ? operations[target] : undefined;
    if (!run) throw new AwsError("UnknownOperationException", `operation ${target} is not offered on this machine`);
    return { run, fields: {} };
  }
  const url = new URL(request.url ?? "/", "http://localhost");
  for (const { method, path, run } of routes) {
    const match = method === request.method ? path.exec(url.pathname) : null;
    if (match) {
      const groups = Object.entries(match.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)] as const);
      return { run, fields: { ...Object.fromEntries(url.searchParams), ...Object.fromEntries(groups) } };
    }
  }
  throw new AwsError("UnknownOperationException", `${request.method} ${url.pathname} is not offered on this machine`, 404);
}

function answer(response: ServerResponse, status: number, contentType: string, body: object, errorType?: string): void {
  response.writeHead(status, {
    "content-type": contentType,
    "x-amzn-requestid": randomUUID(),
    ...(errorType !== undefined && { "x-amzn-errortype": errorType }),
  });
  response.end(JSON.stringify(body));
}

/** Answers the JSON protocols of AWS: AWS JSON 1.0 and 1.1 by X-Amz-Target, REST-JSON by path. Whether the caller may ask is settled before. */
export const awsHandler =
  (operations: Operations, routes: readonly RestRoute[] = []) =>
  async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const contentType = request.headers["content-type"] ?? "application/json";
    try {
      const { run, fields } = findOperation(request, operations, routes);
      answer(response, 200, contentType, (await run({ ...(await readJson(request)), ...fields })) ?? {});
    } catch (error) {
      refuse(request, response, error);
    }
  };

/** Whatever was thrown, as AWS services word it; a defect's text stays with us. */
export function refuse(request: IncomingMessage, response: ServerResponse, error: unknown): void {
  const known = error instanceof AwsError;
  if (!known) logger.error("an AWS operation failed", { target: request.headers["x-amz-target"], error });
  const { type, message, status } = known ? error : { type: "InternalFailure", message: "internal error", status: 500 };
  answer(response, status, request.headers["content-type"] ?? "application/json", { __type: type, message }, type);
}

/**
 * Answers AWS's clients on loopback. Signatures are not checked: whoever can reach the port may use it, which is this machine alone.
 * @param port 0 for any that is free
 */
export async function startAwsServer({
  port = 0,
  operations,
  routes = [],
}: {
  port?: number;
  operations: Operations;
  routes?: readonly RestRoute[];
}): Promise<AwsServer> {
  const handle = awsHandler(operations, routes);
  const server = createServer((request, response) => {
    if (isLocal(request.headers)) void handle(request, response);
    else refuse(request, response, new AwsError("AccessDeniedException", "this server answers to programs of this machine, by its own names", 403));
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
