import type { FunctionSpec } from "#contracts/function-spec.ts";
import type { Route } from "#contracts/route.ts";

/**
 * API Gateway routes of platform functions: one greedy route per resource rather than one per operation, since an HTTP API has 300 routes.
 * The function matches the operations itself, so that a route lets nothing through that the contract does not name.
 */
const depthOf = (path: string) => (/^\/(api|ajax-api)\//.test(path) ? 4 : path.startsWith("/capstan/") ? 3 : 1);

/** `/api/2.0/mlflow/runs/create` -> `/api/2.0/mlflow/runs/{proxy+}`; what is no deeper than its resource stays as it is. */
function resourceOf(path: string): string {
  const segments = path.split("/").slice(1);
  const parameter = segments.findIndex((segment) => segment.startsWith("{"));
  const prefix = segments.slice(0, Math.min(depthOf(path), parameter < 0 ? segments.length : parameter));
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

interface Claim {
  readonly route: Route;
  readonly spec: FunctionSpec;
}

/** What a server answers in its own containers (`/health`) is not asked of it behind the API, where another function answers the same. */
function claimsOf(specs: readonly FunctionSpec[]): Claim[] {
  const claims = specs.flatMap((spec) => (spec.contracts ?? []).flatMap(({ routes }) => Object.values(routes).map((route) => ({ route, spec }))));
  const others = new Set(claims.filter(({ spec }) => spec.server !== true).map(({ route }) => `${route.method} ${route.path}`));
  return claims.filter(({ route, spec }) => spec.server !== true || !others.has(`${route.method} ${route.path}`));
}

/** A resource belongs to the function with most operations there, and to the first in the alphabet of those with as many. */
function ownersOf(claims: readonly Claim[]): ReadonlyMap<string, string> {
  const byResource = Map.groupBy(claims, ({ route }) => resourceOf(route.path));
  const most = (of: readonly Claim[]) =>
    [...Map.groupBy(of, ({ spec }) => spec.name)].reduce((best, next) => {
      const more = next[1].length - best[1].length;
      return more > 0 || (more === 0 && next[0] < best[0]) ? next : best;
    })[0];
  return new Map([...byResource].map(([resource, of]) => [resource, most(of)]));
}

/**
 * Sorted by path. Operations of a function that does not own their resource get routes of their own, and so do open operations, as the
 * authorizer is set per route: API Gateway prefers an exact route to a greedy one.
 * @throws Error when two functions claim the same path, or when an open operation would open others with it
 */
export function routeKeys(specs: readonly FunctionSpec[]): readonly RouteKey[] {
  const claims = claimsOf(specs);
  const owners = ownersOf(claims.filter(({ route }) => route.open !== true));
  const keys = new Map<string, RouteKey>();
  for (const { route, spec } of claims) {
    const resource = resourceOf(route.path);
    const [open, functionName] = [route.open === true, spec.name];
    for (const path of withTwin(open || owners.get(resource) !== functionName ? route.path : resource)) {
      const known = keys.get(path);
      if (known && known.functionName !== functionName) throw new Error(`${path} is claimed by ${known.functionName} and by ${functionName}`);
      if (known && known.open !== open) throw new Error(`${path} is both open and closed`);
      keys.set(path, { path, functionName, open });
    }
  }
  return [...keys.values()].sort((a, b) => a.path.localeCompare(b.path, "en"));
}
