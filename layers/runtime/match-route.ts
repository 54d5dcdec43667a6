import type { Contract, Route } from "#contracts/route.ts";

/** A route, the operation's name and the path's parameters, decoded. */
export interface Match {
  readonly contract: Contract;
  readonly operation: string;
  readonly route: Route;
  readonly parameters: Readonly<Record<string, string>>;
}
interface Candidate extends Omit<Match, "parameters"> {
  readonly segments: readonly string[];
}

const decode = (segment: string): string | undefined => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
};

function parametersOf(pattern: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  const parameters: Record<string, string> = {};
  const greedy = pattern.at(-1)?.endsWith("+}") ?? false;
  if (greedy ? segments.length < pattern.length : segments.length !== pattern.length) return undefined;
  for (const [index, part] of pattern.entries()) {
    const isGreedy = part.endsWith("+}");
    const given = decode(isGreedy ? segments.slice(index).join("/") : (segments[index] ?? ""));
    if (given === undefined) return undefined;
    if (part.startsWith("{")) parameters[part.slice(1, isGreedy ? -2 : -1)] = given;
    else if (part !== given) return undefined;
  }
  return parameters;
}

/** Static segments before parameters, parameters before greedy ones: `traces/search` is never taken for a trace's id. */
const specificity = ({ segments }: Candidate) => segments.map((part) => (part.endsWith("+}") ? "2" : part.startsWith("{") ? "1" : "0")).join("");

/** MLflow's web pages call every path under this twin prefix (specification of the 3.17.2 wire, section 1.1). */
const canonical = (path: string) => path.replace(/^\/ajax-api\//, "/api/");

/** Finds the operation for a method and a path; `allowed` lists the methods of that path when only the method is wrong. */
export function routeMatcher(contracts: readonly Contract[]): (method: string, path: string) => Match | { readonly allowed: readonly string[] } {
  const candidates: Candidate[] = contracts
    .flatMap((contract) => Object.entries(contract.routes).map(([operation, route]) => ({ contract, operation, route, segments: route.path.split("/") })))
    .sort((a, b) => specificity(a).localeCompare(specificity(b)));
  const exact = new Map(
    candidates.filter(({ route }) => !route.path.includes("{")).map((candidate) => [`${candidate.route.method} ${candidate.route.path}`, candidate]),
  );
  return (method, rawPath) => {
    const path = canonical(rawPath);
    const known = exact.get(`${method} ${path}`);
    if (known) return { ...known, parameters: {} };
    const segments = path.split("/");
    const allowed: string[] = [];
    for (const candidate of candidates) {
      const parameters = parametersOf(candidate.segments, segments);
      if (!parameters) continue;
      if (candidate.route.method === method) return { ...candidate, parameters };
      allowed.push(candidate.route.method);
    }
    return { allowed };
  };
}
