import type { MenuItem } from "../../grid/menu.tsx";
import { isAttribute, isMetric, nameColumn, usualBest } from "./column-names.ts";
import { movedColumns } from "./shown-columns.ts";
import type { Best, TableState } from "./table-state.ts";

interface Asked {
  readonly column: string;
  readonly state: TableState;
  readonly shown: readonly string[];
  readonly change: (part: Partial<TableState>) => void;
  readonly width: number;
}

export const canSort = (column: string): boolean => column !== "attributes.duration";
export const bestOf = (column: string, { best }: Pick<TableState, "best">): Best => best[column] ?? usualBest(column);

const without = <T>(list: readonly T[], item: T) => list.filter((one) => one !== item);

function ordering({ column, state: { order }, change }: Asked): readonly MenuItem[] {
  if (!canSort(column)) return [];
  const others = order.filter((one) => one.column !== column);
  return [
    { text: "Sort ascending", run: () => change({ order: [{ column, descending: false }] }) },
    { text: "Sort descending", run: () => change({ order: [{ column, descending: true }] }) },
    ...(others.length > 0 ? [{ text: "Then by this", run: () => change({ order: [...others, { column, descending: false }] }) }] : []),
    ...(order.length > others.length ? [{ text: "Do not sort by this", run: () => change({ order: others }) }] : []),
  ];
}

function placing({ column, state, shown, change, width }: Asked): readonly MenuItem[] {
  if (column === nameColumn) return [];
  const { pinned, hidden, columns, widths } = state;
  const isPinned = pinned.includes(column);
  const group = shown.filter((name) => name !== nameColumn && pinned.includes(name) === isPinned);
  const at = group.indexOf(column);
  const move = (by: number, text: string): MenuItem[] => {
    const onto = group[at + by];
    const next = onto === undefined ? undefined : movedColumns(shown, columns, column, onto);
    return next ? [{ text, run: () => change({ columns: next }) }] : [];
  };
  return [
    { text: isPinned ? "Unpin" : "Pin", run: () => change({ pinned: isPinned ? without(pinned, column) : [...pinned, column] }) },
    ...move(-1, "Move left"),
    ...move(1, "Move right"),
    { text: "Wider", run: () => change({ widths: { ...widths, [column]: width + 60 } }) },
    { text: "Narrower", run: () => change({ widths: { ...widths, [column]: Math.max(60, width - 60) } }) },
    {
      text: "Hide",
      run: () => (columns.includes(column) ? change({ columns: without(columns, column) }) : change({ hidden: [...hidden, column] })),
    },
  ];
}

function meaning({ column, state, change }: Asked): readonly MenuItem[] {
  if (isAttribute(column)) return [];
  const { best, group } = state;
  const now = bestOf(column, state);
  const mark = (kind: Best, text: string): MenuItem => ({ text, checked: now === kind, run: () => change({ best: { ...best, [column]: kind } }) });
  if (isMetric(column)) return [mark("max", "Highest is best"), mark("min", "Lowest is best"), mark("none", "No best")];
  const grouped = group.includes(column);
  if (!grouped && group.length === 3) return [];
  return [
    { text: grouped ? "Do not group by this" : "Group by this", run: () => change({ group: grouped ? without(group, column) : [...group, column], open: [] }) },
  ];
}

/** What can be done with a column. */
export const columnItems = (asked: Asked): readonly MenuItem[] => [...ordering(asked), ...placing(asked), ...meaning(asked)];
