import type { Endpoint } from "#contracts/platform/endpoint.ts";
import { invalid } from "../errors.ts";

export interface EndpointQuery {
  readonly nameContains?: string | undefined;
  readonly modelName?: string | undefined;
  readonly orderBy: "name" | "updatedAt";
  readonly descending: boolean;
  readonly pageSize: number;
  readonly pageToken?: string | undefined;
}

/** A page begins behind the endpoint that the one before ended with: changes in between neither repeat nor skip another. */
interface Cursor {
  readonly name: string;
  readonly updatedAt: number;
}

const writeCursor = ({ name, updatedAt }: Cursor): string => `${updatedAt}.${name}`;
function readCursor(token: string): Cursor {
  const [, updatedAt, name] = /^(\d{1,16})\.([\w-]{1,63})$/.exec(token) ?? [];
  if (updatedAt === undefined || name === undefined) throw invalid(`pageToken must be the nextPageToken of the page before, got ${token.slice(0, 100)}`);
  return { name, updatedAt: Number(updatedAt) };
}

const byName = (a: Cursor, b: Cursor) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);

/** One page of the endpoints that match. @throws DomainError for a page token of another making */
export function pageOfEndpoints(all: readonly Endpoint[], query: EndpointQuery): { readonly endpoints: Endpoint[]; readonly nextPageToken?: string } {
  const sign = query.descending ? -1 : 1;
  const order = (a: Cursor, b: Cursor) => sign * (query.orderBy === "name" ? byName(a, b) : a.updatedAt - b.updatedAt || byName(a, b));
  const after = query.pageToken === undefined ? undefined : readCursor(query.pageToken);
  const { nameContains = "", modelName, pageSize } = query;
  const matching = all
    .filter(({ name, variants }) => name.includes(nameContains) && (modelName === undefined || variants.some((variant) => variant.modelName === modelName)))
    .filter((endpoint) => after === undefined || order(endpoint, after) > 0)
    .toSorted(order);
  const endpoints = matching.slice(0, pageSize);
  const last = endpoints.at(-1);
  return { endpoints, ...(last && matching.length > pageSize && { nextPageToken: writeCursor(last) }) };
}
