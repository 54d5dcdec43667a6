import type { Operations, Routes } from "#contracts/route.ts";
import { session } from "./session.ts";

/** A refusal of the platform, in its own words. */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly status: number;
  readonly requestId: string | null;
  constructor(status: number, message: string, requestId: string | null) {
    super(message);
    this.status = status;
    this.requestId = requestId;
  }
}

/** The reply of one operation, as its contract types it. */
export type ReplyOf<C extends { readonly routes: Routes }, K extends keyof C["routes"]> = Awaited<ReturnType<Operations<C["routes"]>[K]>>;

interface Document {
  readonly etag: string | null;
  readonly data: unknown;
}
/** Enough for every list of the open page; the oldest go first. */
const mostDocuments = 200;
const latest = new Map<string, Document>();

function remember(path: string, document: Document): void {
  latest.delete(path);
  latest.set(path, document);
  const [oldest] = latest.keys();
  if (latest.size > mostDocuments && oldest !== undefined) latest.delete(oldest);
}

/** @throws Refused when the platform says no; TypeError when it cannot be reached */
export async function request(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  const token = session.token();
  if (token !== null) headers.set("authorization", `Bearer ${token}`);
  let response: Response;
  try {
    response = await fetch(path, { ...init, headers, cache: "no-store" });
  } catch (error) {
    if (!init.signal?.aborted) session.unreachable();
    throw error;
  }
  session.answered();
  if (response.ok || response.status === 304) {
    session.accepted();
    return response;
  }
  if (response.status === 401) session.refused();
  const body = (await response.json().catch(() => ({}))) as { readonly message?: string; readonly error?: string };
  throw new Refused(response.status, body.message ?? body.error ?? response.statusText, response.headers.get("x-request-id"));
}

/** Whether the platform knows a token, asked with the cheapest question that is not open to everybody. */
export async function isInForce(token: string): Promise<boolean> {
  const headers = { authorization: `Bearer ${token}` };
  return (await fetch("/api/2.0/mlflow/experiments/search?max_results=1", { headers, cache: "no-store" })).status !== 401;
}

/** Reads one document, or finds it unchanged by its tag: then the same object comes back, so that nothing is drawn again. */
export async function read<T>(path: string, signal?: AbortSignal): Promise<T> {
  const known = latest.get(path);
  const response = await request(path, { headers: known?.etag ? { "if-none-match": known.etag } : {}, ...(signal && { signal }) });
  if (response.status === 304 && known) return known.data as T;
  const data = (await response.json()) as T;
  remember(path, { etag: response.headers.get("etag"), data });
  return data;
}

/** Sends a JSON document and reads the reply. */
export async function send<T>(method: "POST" | "PUT" | "PATCH" | "DELETE", path: string, body: object = {}, signal?: AbortSignal): Promise<T> {
  const response = await request(path, { method, headers: { "content-type": "application/json" }, body: JSON.stringify(body), ...(signal && { signal }) });
  return (await response.json()) as T;
}
