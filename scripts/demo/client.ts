import type * as z from "zod";
import type { Contract, Routes } from "#contracts/route.ts";
import { formatJson, parseJson } from "#runtime/exact-json.ts";

/** The platform said no. */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export interface Client {
  readonly url: string;
  /** Calls one operation of a contract over HTTP. @throws Refused with the platform's own message */
  call<R extends Routes, K extends keyof R & string>(
    contract: Contract<R>,
    operation: K,
    fields: z.input<R[K]["request"]>,
    content?: string | Uint8Array,
  ): Promise<z.output<R[K]["response"]>>;
}

/** @param token a bearer token, where authentication is on */
export function client(url: string, token?: string): Client {
  return {
    url,
    async call(contract, operation, given, content) {
      const route = contract.routes[operation];
      if (!route) throw new TypeError(`${contract.name} has no operation ${operation}`);
      const fields: Record<string, unknown> = { ...(given as object) };
      const path = route.path.replaceAll(/\{(\w+)(\+?)\}/g, (_all, name: string, greedy: string) => {
        const value = String(fields[name]);
        delete fields[name];
        return greedy === "" ? encodeURIComponent(value) : value.split("/").map(encodeURIComponent).join("/");
      });
      const inQuery = route.method === "GET" || route.body === "content";
      const query = new URLSearchParams(inQuery ? Object.entries(fields).map(([name, value]): [string, string] => [name, String(value)]) : []);
      const body = content ?? (inQuery ? undefined : formatJson(fields));
      const response = await fetch(`${url}${path}${query.size > 0 ? `?${query.toString()}` : ""}`, {
        method: route.method,
        headers: {
          ...(content === undefined && !inQuery && { "content-type": "application/json" }),
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
        },
        ...(body !== undefined && { body }),
      });
      const text = await response.text();
      if (!response.ok) throw new Refused(response.status, `${contract.name}.${operation}: ${response.status} ${text.slice(0, 1000)}`);
      const isJson = response.headers.get("content-type")?.startsWith("application/json") === true;
      return (isJson ? parseJson(text) : text) as never;
    },
  };
}

/** Asks until the answer is there. @throws Error naming what was waited for, when the time is over */
export async function until<T>(what: string, seconds: number, ask: () => Promise<T | undefined>, pauseMs = 250): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > deadline) throw new Error(`${what} did not happen within ${seconds} s`);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

/** Fails the demo unless what was read back is what it should be. */
export function verify(isTrue: boolean, what: string): asserts isTrue {
  if (!isTrue) throw new Error(`not verified: ${what}`);
}
