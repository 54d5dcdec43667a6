import { invalid } from "../errors.ts";
import type { DefinitionStore, FeatureView } from "./definitions.ts";
import { entityKey } from "./entity-key.ts";
import { type FeatureValue, readValue } from "./feature-values.ts";
import type { OnlineRow, OnlineStore } from "./online-store.ts";
import { type FeatureRequest, type RequestedFeature, requestedFeatures } from "./requested-features.ts";
import type { Micros } from "./timestamps.ts";

/** PRESENT and NULL_VALUE come with the row's event time; OUTSIDE_MAX_AGE too, its value withheld; NOT_FOUND: the store holds no row. */
export type FeatureStatus = "PRESENT" | "NULL_VALUE" | "NOT_FOUND" | "OUTSIDE_MAX_AGE";

/** One column of the answer: a value, a status and an event time (0: none) per entity row, in their order. Columns of a view share one list of times. */
export interface OnlineColumn {
  readonly name: string;
  readonly type: string;
  readonly values: readonly FeatureValue[];
  readonly statuses: readonly FeatureStatus[];
  readonly eventTimes: readonly Micros[];
}
/** The columns, and the names of the views that they were read from. */
export interface OnlineAnswer {
  readonly columns: readonly OnlineColumn[];
  readonly views: readonly string[];
}
export interface OnlineRead extends FeatureRequest {
  /** Join key to one value per entity row; an entity's name is taken for its join key. Other columns are ignored. */
  readonly entities: Readonly<Record<string, readonly unknown[]>>;
  /** A consistent read sees every write that was answered, and costs twice as much. */
  readonly consistent: boolean;
}

/** Rows times views of one request: what fits in a Lambda reply with room to spare. */
const maxReads = 10_000;

/** The join keys of a view as columns, typed. @throws DomainError naming the key that is missing or wrong */
function keyColumns(
  view: FeatureView,
  entities: OnlineRead["entities"],
): { readonly name: string; readonly type: string; readonly values: readonly FeatureValue[] }[] {
  return view.joinKeys.map(({ name, entity, valueType }) => {
    const given = entities[name] ?? entities[entity];
    if (!given) throw invalid(`entities.${name} is required: it is a join key of feature view ${view.name}`);
    return { name, type: valueType, values: given.map((value, index) => readValue(valueType, value, `entities.${name}[${index}]`)) };
  });
}

function rowCount(entities: OnlineRead["entities"]): number {
  const lengths = Object.entries(entities).map(([name, values]) => [name, values.length] as const);
  const [first] = lengths;
  if (!first) throw invalid("entities must name at least one join key, got none");
  const other = lengths.find(([, length]) => length !== first[1]);
  if (other) throw invalid(`entities must be lists of one length, got ${first[1]} of ${first[0]} and ${other[1]} of ${other[0]}`);
  return first[1];
}

function featureColumn(
  { view, feature, column }: RequestedFeature,
  rows: readonly (OnlineRow | undefined)[],
  eventTimes: readonly Micros[],
  now: Micros,
): OnlineColumn {
  const oldest = view.ttlSeconds === 0 ? Number.NEGATIVE_INFINITY : now - view.ttlSeconds * 1e6;
  const values: FeatureValue[] = [];
  const statuses: FeatureStatus[] = [];
  for (const row of rows) {
    const isOld = row !== undefined && row.eventAt < oldest;
    const value = (isOld ? null : row?.values[feature.name]) ?? null;
    values.push(value);
    statuses.push(row === undefined ? "NOT_FOUND" : isOld ? "OUTSIDE_MAX_AGE" : value === null ? "NULL_VALUE" : "PRESENT");
  }
  return { name: column, type: feature.valueType, values, statuses, eventTimes };
}

/** Reads features of entities: the join keys first, then the features in the order asked for. One read per distinct key and view, all in one call to the store. */
export async function readOnline(
  ctx: { readonly definitions: Pick<DefinitionStore, "find">; readonly online: OnlineStore; now(): number },
  request: OnlineRead,
): Promise<OnlineAnswer> {
  const requested = await requestedFeatures(ctx.definitions, request);
  const views = [...new Set(requested.map(({ view }) => view))];
  const count = rowCount(request.entities);
  if (count * views.length > maxReads)
    throw invalid(`entities must be at most ${Math.floor(maxReads / views.length)} rows for ${views.length} feature views, got ${count}`);

  const keyed = new Map<string, { readonly type: string; readonly values: readonly FeatureValue[] }>();
  const keysOf = new Map<FeatureView, (string | undefined)[]>();
  for (const view of views) {
    const columns = keyColumns(view, request.entities);
    for (const { name, ...rest } of columns) keyed.set(name, rest);
    keysOf.set(
      view,
      Array.from({ length: count }, (_, row) => {
        const joinKeys = Object.fromEntries(columns.map(({ name, values }) => [name, values[row] ?? null]));
        return Object.values(joinKeys).includes(null) ? undefined : entityKey(joinKeys);
      }),
    );
  }
  const addresses = views.flatMap((view) => [...new Set(keysOf.get(view))].filter((key) => key !== undefined).map((key) => ({ view, key })));
  const rows = await ctx.online.read(addresses, { consistent: request.consistent });
  const found = new Map(views.map((view) => [view, new Map<string | undefined, OnlineRow>()]));
  for (const [index, { view, key }] of addresses.entries()) {
    const row = rows[index];
    if (row) found.get(view)?.set(key, row);
  }

  const now = ctx.now() * 1000;
  const none = { statuses: Array.from({ length: count }, () => "PRESENT" as const), eventTimes: Array.from({ length: count }, () => 0) };
  const keys = [...keyed].map(([name, { type, values }]) => ({ name, type, values, ...none }));
  const rowsOf = new Map(
    views.map((view) => {
      const inOrder = (keysOf.get(view) ?? []).map((key) => found.get(view)?.get(key));
      return [view, { rows: inOrder, eventTimes: inOrder.map((row) => row?.eventAt ?? 0) }];
    }),
  );
  const features = requested.map((one) => {
    const { rows: inOrder = [], eventTimes = [] } = rowsOf.get(one.view) ?? {};
    return featureColumn(one, inOrder, eventTimes, now);
  });
  return { columns: [...keys, ...features], views: views.map(({ name }) => name) };
}
