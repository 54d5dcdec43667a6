import type { IncomingMessage } from "node:http";

/** Why a request is refused before any function sees it. */
export interface Refusal {
  readonly status: 403 | 421;
  readonly message: string;
}

const stateless = new Set(["GET", "HEAD", "OPTIONS"]);
const hostOf = (text: string) => text.replace(/:\d+$/, "").replace(/^\[|\]$/g, "");

/**
 * Keeps other people's pages away from the laptop's platform: a Host that is not ours means DNS rebinding, a foreign Origin on a
 * request that changes something means cross-site forgery. Clients that are not browsers send no Origin.
 */
export function guard(hosts: ReadonlySet<string>): (request: Pick<IncomingMessage, "method" | "headers">) => Refusal | undefined {
  return ({ method = "GET", headers }) => {
    const host = headers.host ?? "";
    if (!hosts.has(hostOf(host))) return { status: 421, message: `host ${host || "(none)"} is not served here, allowed are ${[...hosts].join(", ")}` };
    const { origin } = headers;
    if (origin === undefined || stateless.has(method)) return undefined;
    const own = URL.canParse(origin) && new URL(origin).host === host;
    return own ? undefined : { status: 403, message: `origin ${origin} may not change anything here` };
  };
}
