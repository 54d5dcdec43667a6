import type { Operations, Routes } from "#contracts/route.ts";

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
export type ReplyOf<R extends Routes, K extends keyof R> = Awaited<ReturnType<Operations<R>[K]>>;

interface Document<T> {
  readonly etag: string | null;
  readonly data: T;
}
const latest = new Map<string, Document<unknown>>();

/**
 * Reads one document, or finds it unchanged by its tag: then the same object comes back, so that nothing is drawn again.
 * @throws Refused when the platform says no; TypeError when it cannot be reached
 */
export async function read<R extends Routes, K extends keyof R>(path: string, signal?: AbortSignal): Promise<ReplyOf<R, K>> {
  const known = latest.get(path);
  const response = await fetch(path, { headers: known?.etag ? { "if-none-match": known.etag } : {}, cache: "no-store", ...(signal && { signal }) });
  if (response.status === 304 && known) return known.data as ReplyOf<R, K>;
  const body = (await response.json()) as ReplyOf<R, K> & { readonly message?: string };
  if (!response.ok) throw new Refused(response.status, body.message ?? response.statusText, response.headers.get("x-request-id"));
  latest.set(path, { etag: response.headers.get("etag"), data: body });
  return body;
}
