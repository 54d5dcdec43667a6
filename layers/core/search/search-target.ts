import { invalid } from "#core/errors.ts";
import { type Comparison, type Identifier, type Operator, shownIdentifier } from "./comparison.ts";
import type { Order } from "./parse-order-by.ts";

/** How cells of one kind may be compared. */
export interface CellRule {
  readonly type: "number" | "text";
  readonly operators: readonly Operator[];
}
/** A named attribute; several spellings may stand for one. */
export interface AttributeRule extends CellRule {
  /** The name under which the cell is read. */
  readonly as: string;
}

/** What can be said about one kind of thing in filter and order_by. */
export interface SearchTarget {
  /** In messages: `registered models`. */
  readonly name: string;
  /** Spellings of entities -> the entity. Must hold the spellings of "attribute" that are allowed beside none at all. */
  readonly entities: Readonly<Record<string, string>>;
  readonly attributes: Readonly<Record<string, AttributeRule>>;
  /** Entities with free keys, such as tags. */
  readonly keyed: Readonly<Record<string, CellRule>>;
  /** Spellings of attributes that can be sorted by -> the attribute. */
  readonly sortable: Readonly<Record<string, string>>;
  /** Entities with free keys that can be sorted by. @default none */
  readonly sortableEntities?: readonly string[];
}

/** A comparison that its target allows: entity and key in canonical spelling. */
export interface Condition extends Omit<Comparison, "entity"> {
  readonly entity: string;
}
export interface SortKey extends Identifier {
  readonly entity: string;
  readonly ascending: boolean;
}

export const textOperators = ["=", "!=", "LIKE", "ILIKE"] as const satisfies readonly Operator[];
export const listOperators = ["IN", "NOT IN"] as const satisfies readonly Operator[];
export const nullOperators = ["IS NULL", "IS NOT NULL"] as const satisfies readonly Operator[];
export const numberOperators = ["=", "!=", ">", ">=", "<", "<="] as const satisfies readonly Operator[];

const named = <T>(record: Readonly<Record<string, T>>, name: string): T | undefined => (Object.hasOwn(record, name) ? record[name] : undefined);
const listed = (names: readonly string[]) => names.join(", ") || "none";

function entityOf(target: SearchTarget, { entity }: Identifier): string {
  if (entity === undefined) return "attribute";
  const known = named(target.entities, entity);
  if (known === undefined) throw invalid(`entity of ${target.name} must be one of ${listed(Object.keys(target.entities))}, got ${entity}`);
  return known;
}

function checkValue(name: string, rule: CellRule, { operator, value }: Comparison): void {
  if (!rule.operators.includes(operator)) throw invalid(`operator of ${name} must be one of ${rule.operators.join(" ")}, got ${operator}`);
  if (rule.type === "number" && value.kind === "string") throw invalid(`value of ${name} must be an unquoted number, got '${value.text}'`);
  if (rule.type === "text" && value.kind === "number") throw invalid(`value of ${name} must be a quoted text, got ${value.number}`);
}

function resolve(target: SearchTarget, comparison: Comparison): Condition {
  const entity = entityOf(target, comparison);
  const name = shownIdentifier(comparison);
  const attribute = entity === "attribute" ? named(target.attributes, comparison.key) : undefined;
  const rule = attribute ?? named(target.keyed, entity);
  if (!rule) throw invalid(`attribute of ${target.name} must be one of ${listed(Object.keys(target.attributes))}, got ${name}`);
  checkValue(name, rule, comparison);
  return { ...comparison, entity, key: attribute?.as ?? comparison.key };
}

/** Checks comparisons against what a target has. @throws DomainError that names what is allowed */
export const resolveFilter = (target: SearchTarget, comparisons: readonly Comparison[]): readonly Condition[] =>
  comparisons.map((comparison) => resolve(target, comparison));

function resolveOrder(target: SearchTarget, order: Order): SortKey {
  const entity = entityOf(target, order);
  if (target.sortableEntities?.includes(entity)) return { ...order, entity };
  const key = entity === "attribute" ? named(target.sortable, order.key) : undefined;
  if (key === undefined) throw invalid(`order_by of ${target.name} must name one of ${listed(Object.keys(target.sortable))}, got ${shownIdentifier(order)}`);
  return { entity, key, ascending: order.ascending };
}

/** Checks sort keys against what a target has. @throws DomainError also when two spellings name one key */
export function resolveOrderBy(target: SearchTarget, orders: readonly Order[]): readonly SortKey[] {
  const keys = orders.map((order) => resolveOrder(target, order));
  const seen = new Set<string>();
  for (const key of keys) {
    const name = shownIdentifier(key);
    if (seen.has(name)) throw invalid(`order_by must name each key once, got ${name} twice`);
    seen.add(name);
  }
  return keys;
}
