import type { Contract } from "#contracts/route.ts";
import { parseJson } from "#runtime/exact-json.ts";
import type { HttpHandler } from "#runtime/http.ts";

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The JSON document, or the text where the reply is not JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into replies of every shape and assert what they find
  readonly body: any;
}

export interface Options {
  readonly principal?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as it is, instead of the fields as JSON. */
  readonly raw?: string | Uint8Array;
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  if (bytes.byteLength > 0) yield bytes;
}

async function textOf(body: string | Uint8Array | AsyncIterable<Uint8Array>): Promise<string> {
  if (typeof body === "string") return body;
  if (body instanceof Uint8Array) return Buffer.from(body).toString("utf8");
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

/** Sends one request through a handler's front door, as a client would: path parameters filled in, GET fields in the query, others in a JSON body. */
export async function call<C extends Contract>(
  handler: HttpHandler,
  contract: C,
  operation: keyof C["routes"] & string,
  fields: Readonly<Record<string, unknown>> = {},
  options: Options = {},
): Promise<Reply> {
  const route = contract.routes[operation];
  if (!route) throw new Error(`no operation ${operation} in ${contract.name}`);
  const rest: Record<string, unknown> = { ...fields };
  const path = route.path.replaceAll(/\{(\w+)(\+?)\}/g, (_all, name: string, greedy: string) => {
    const value = String(rest[name]);
    delete rest[name];
    return greedy ? value.split("/").map(encodeURIComponent).join("/") : encodeURIComponent(value);
  });
  const query = new URLSearchParams();
  const inQuery = route.method === "GET" || route.body === "content";
  if (inQuery) for (const [key, value] of Object.entries(rest)) for (const one of Array.isArray(value) ? value : [value]) query.append(key, String(one));
  const raw = options.raw ?? (inQuery ? "" : JSON.stringify(rest));
  const response = await handler({
    method: route.method,
    path,
    query,
    headers: { "content-type": "application/json", ...options.headers },
    body: once(typeof raw === "string" ? Buffer.from(raw) : raw),
    requestId: "test-request",
    principal: options.principal ?? "tester",
  });
  const text = await textOf(response.body);
  const isJson = response.headers["content-type"]?.startsWith("application/json") ?? false;
  return { status: response.status, headers: response.headers, body: isJson && text !== "" ? parseJson(text) : text };
}
