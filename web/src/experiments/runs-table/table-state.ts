/** A column that rows are ordered by. */
export interface Ordered {
  readonly column: string;
  readonly descending: boolean;
}
export type Best = "min" | "max" | "none";

/** All that a view of the table is; its address holds it. */
export interface TableState {
  readonly filter: string;
  readonly order: readonly Ordered[];
  readonly group: readonly string[];
  /** Nested runs stand in one list with the others. */
  readonly flat: boolean;
  readonly trash: boolean;
  /** Names and patterns; none: the usual ones. */
  readonly columns: readonly string[];
  readonly hidden: readonly string[];
  readonly pinned: readonly string[];
  readonly widths: Readonly<Record<string, number>>;
  readonly best: Readonly<Record<string, Best>>;
  readonly differing: boolean;
  readonly density: "" | "comfortable" | "compact";
  readonly open: readonly string[];
}

/** Keys of metrics, params and tags hold no comma and no tilde, so that these can stand between them. */
const listOf = (text: string) => text.split(",").filter((one) => one !== "");
const pairsOf = (text: string) => listOf(text).map((one) => [one.slice(0, one.lastIndexOf("~")), one.slice(one.lastIndexOf("~") + 1)] as const);
const pairsText = (record: Readonly<Record<string, string | number>>) =>
  Object.entries(record)
    .map(([name, value]) => `${name}~${value}`)
    .join(",");
const bests: readonly string[] = ["min", "max", "none"];
const isBest = (text: string): text is Best => bests.includes(text);

const orderedOf = (text: string): Ordered => ({ column: text.replace(/^-/, ""), descending: text.startsWith("-") });
const orderedText = ({ column, descending }: Ordered) => `${descending ? "-" : ""}${column}`;

/** The state that a query string holds; what it does not name is as usual. */
export function readState(search: string): TableState {
  const query = new URLSearchParams(search);
  const text = (name: string) => query.get(name) ?? "";
  const density = text("density");
  return {
    filter: text("filter"),
    order: listOf(text("order")).map(orderedOf),
    group: listOf(text("group")),
    flat: text("flat") === "1",
    trash: text("view") === "deleted",
    columns: listOf(text("columns")),
    hidden: listOf(text("hidden")),
    pinned: listOf(text("pinned")),
    widths: Object.fromEntries(pairsOf(text("widths")).flatMap(([name, width]) => (Number(width) > 0 ? [[name, Number(width)]] : []))),
    best: Object.fromEntries(pairsOf(text("best")).flatMap(([name, best]) => (isBest(best) ? [[name, best]] : []))),
    differing: text("differing") === "1",
    density: density === "comfortable" || density === "compact" ? density : "",
    open: text("open")
      .split("\n")
      .filter((one) => one !== ""),
  };
}

const flagText = (isSet: boolean) => (isSet ? "1" : "");

/** The fields of the query that a change sets, or empties. */
export function changedFields(change: Partial<TableState>): Readonly<Record<string, string>> {
  const { filter, order, group, flat, trash, columns, hidden, pinned, widths, best, differing, density, open } = change;
  const fields = {
    filter,
    order: order?.map(orderedText).join(","),
    group: group?.join(","),
    flat: flat === undefined ? undefined : flagText(flat),
    view: trash === undefined ? undefined : trash ? "deleted" : "",
    columns: columns?.join(","),
    hidden: hidden?.join(","),
    pinned: pinned?.join(","),
    widths: widths && pairsText(widths),
    best: best && pairsText(best),
    differing: differing === undefined ? undefined : flagText(differing),
    density,
    open: open?.join("\n"),
  };
  return Object.fromEntries(Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

/** After a click on a heading: ascending, then descending, then not at all. @param adds keeps the other columns that rows are ordered by */
export function reordered(order: readonly Ordered[], column: string, adds: boolean): readonly Ordered[] {
  const known = order.find((one) => one.column === column);
  const next = known === undefined ? { column, descending: false } : known.descending ? undefined : { column, descending: true };
  if (!adds) return next ? [next] : [];
  return known ? order.flatMap((one) => (one === known ? (next ?? []) : one)) : [...order, { column, descending: false }];
}
