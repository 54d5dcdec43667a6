import { isAttribute, isPattern, nameColumn, usualAttributes } from "./column-names.ts";
import type { TableState } from "./table-state.ts";

/** What is known of the columns that there are. */
export interface KnownColumns {
  /** What shows until somebody chooses. */
  readonly usual: readonly string[];
  /** The names that each pattern stands for. */
  readonly ofPattern: ReadonlyMap<string, readonly string[]>;
  /** Those in which runs differ; undefined while nobody asks. */
  readonly differing?: ReadonlySet<string> | undefined;
}

/** The names of the columns in their order, those that are pinned first; the run's own before all. */
export function shownColumns(state: Pick<TableState, "columns" | "hidden" | "pinned" | "differing">, known: KnownColumns): readonly string[] {
  const asked = state.columns.length > 0 ? state.columns : [...usualAttributes, ...known.usual];
  const names = new Set([nameColumn, ...asked.flatMap((one) => (isPattern(one) ? (known.ofPattern.get(one) ?? []) : one))]);
  for (const hidden of state.hidden) if (hidden !== nameColumn) names.delete(hidden);
  const { differing } = known;
  const all = [...names].filter((name) => !state.differing || isAttribute(name) || differing?.has(name) !== false);
  const pinned = new Set([nameColumn, ...state.pinned]);
  return [...all.filter((name) => pinned.has(name)), ...all.filter((name) => !pinned.has(name))];
}

/** How many names an address holds at most; what a pattern stands for is moved only among the first of them. */
const mostNamed = 150;

/** The columns as asked for, after one was moved to the place of another: named one by one as far as needed, patterns kept behind. */
export function movedColumns(shown: readonly string[], asked: readonly string[], from: string, onto: string): readonly string[] | undefined {
  const [start, end] = [shown.indexOf(from), shown.indexOf(onto)];
  if (start < 0 || end < 0 || start === end) return undefined;
  const next = shown.filter((name) => name !== from);
  next.splice(end, 0, from);
  const patterns = asked.filter(isPattern);
  const named = patterns.length === 0 ? next : next.slice(0, Math.max(start, end) + 1);
  return named.length > mostNamed ? undefined : [...named, ...patterns].filter((name) => name !== nameColumn);
}
