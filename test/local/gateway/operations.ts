import type { Route, Surface } from "#contracts/route.ts";
import { functions } from "#infra/inventory.ts";
import { sampleFields } from "./sample.ts";
import { json, type Sent } from "./send.ts";

/** One operation of the platform, as its contract declares it. */
export interface Operation {
  readonly title: string;
  readonly surface: Surface;
  readonly route: Route;
  /** Answered by a server process of its own, behind the gateway. */
  readonly server: boolean;
}

/** Every operation of every contract that the inventory has. What a server answers under a path that another function has too is not asked here. */
export const operations: readonly Operation[] = functions
  .flatMap(({ name, contracts = [], server = false }) =>
    contracts.flatMap((contract) =>
      Object.entries(contract.routes).map(([operation, route]) => ({
        title: `${name} ${contract.name}.${operation}`,
        surface: contract.surface,
        route,
        server,
      })),
    ),
  )
  .filter(({ route, server }) => !server || route.path !== "/health");

/** JSON text that stands for itself: numbers and keys that no value of ours could hold. */
export interface Raw {
  readonly raw: string;
}
const isRaw = (value: unknown): value is Raw => typeof value === "object" && value !== null && "raw" in value;
const bodyText = (value: unknown): string => (isRaw(value) ? value.raw : (JSON.stringify(value) ?? "null"));

/** What a query holds of a value; a lone surrogate, which no address can hold, becomes the replacement character. */
const encoded = (value: unknown) => encodeURIComponent(typeof value === "string" ? value.toWellFormed() : bodyText(value));
export const parameters = (route: Route): readonly string[] => [...route.path.matchAll(/\{(\w+)\+?\}/g)].map(([, name = ""]) => name);

/** A request of these fields, as a client would send it: those of the path in the path, the rest in the query or in a JSON body. */
export function requestOf(route: Route, fields: Readonly<Record<string, unknown>>): Sent {
  const inPath = new Set(parameters(route));
  const rest = Object.entries(fields).filter(([name]) => !inPath.has(name));
  const path = route.path.replaceAll(/\{(\w+)\+?\}/g, (_all, name: string) => encoded(fields[name] ?? ""));
  if (route.method !== "GET" && route.body !== "content")
    return { method: route.method, path, headers: json, body: `{${rest.map(([name, value]) => `${JSON.stringify(name)}:${bodyText(value)}`).join(",")}}` };
  const query = rest.flatMap(([name, value]) => (Array.isArray(value) ? value : [value]).map((one) => `${encodeURIComponent(name)}=${encoded(one)}`)).join("&");
  return { method: route.method, path: query === "" ? path : `${path}?${query}`, ...(route.body === "content" && { body: "content" }) };
}

/** Fields that the contract takes, with the names of things that exist where the field is called like one of them. */
export const fieldsOf = (route: Route, known: Readonly<Record<string, unknown>>): Record<string, unknown> => {
  const fields = sampleFields(route.request);
  return { ...fields, ...Object.fromEntries(Object.entries(known).filter(([name]) => name in fields || name in route.request.shape)) };
};

const ends = /delete|remove|stop|abort|revoke|restore|rename/i;
/** Those that end or move something come last, so that the others find it. */
export const inOrder = operations.toSorted((a, b) => Number(ends.test(a.title)) - Number(ends.test(b.title)));
