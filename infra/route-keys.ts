import type { FunctionSpec } from "#contracts/function-spec.ts";

/**
 * API Gateway routes of a platform function: one greedy route per resource rather than one per operation, since an HTTP API has
 * 300 routes. The function matches the operations itself, so that a route lets nothing through that the contract does not name.
 */
const depthOf = (path: string) => (/^\/(api|ajax-api)\//.test(path) ? 4 : path.startsWith("/capstan/") ? 3 : 1);

function keysOf(path: string): string {
  const segments = path.split("/").slice(1);
  const depth = depthOf(path);
  const fixed = segments.findIndex((segment) => segment.startsWith("{"));
  const prefix = segments.slice(0, Math.min(depth, fixed < 0 ? segments.length : fixed));
  return segments.length > prefix.length ? `/${prefix.join("/")}/{proxy+}` : `/${prefix.join("/")}`;
}

/** MLflow's own pages call every `/api/` path under `/ajax-api/` too. */
const withTwin = (path: string) => (path.startsWith("/api/") ? [path, path.replace("/api/", "/ajax-api/")] : [path]);

/** A path that API Gateway routes to a function, for every method, and whether it is answered without credentials. */
export interface RouteKey {
  readonly path: string;
  readonly functionName: string;
  readonly open: boolean;
}

/** @throws Error when two functions claim the same path, or when an open operation would open others with it */
export function routeKeys(specs: readonly FunctionSpec[]): readonly RouteKey[] {
  const keys = new Map<string, RouteKey>();
  for (const { name: functionName, contracts = [] } of specs) {
    for (const route of contracts.flatMap(({ routes }) => Object.values(routes))) {
      const open = route.open === true;
      for (const path of withTwin(open ? route.path : keysOf(route.path))) {
        const known = keys.get(path);
        if (known && known.functionName !== functionName) throw new Error(`${path} is claimed by ${known.functionName} and by ${functionName}`);
        if (known && known.open !== open) throw new Error(`${path} is both open and closed`);
        keys.set(path, { path, functionName, open });
      }
    }
  }
  return [...keys.values()].sort((a, b) => a.path.localeCompare(b.path, "en"));
}
