import type { ListColumn } from "./arrange.ts";

export interface ColumnPlace {
  readonly id: string;
  readonly visible: boolean;
}

/** All columns in the order that the address asks for (`name,changed`: these are shown), or as they are by default. */
export function placesOf<T>(columns: readonly ListColumn<T>[], asked: string): readonly ColumnPlace[] {
  const shown = asked.split(",").filter((id) => columns.some((column) => column.id === id));
  if (shown.length === 0) return columns.map(({ id, isOptional = false }) => ({ id, visible: !isOptional }));
  const others = columns.filter(({ id }) => !shown.includes(id));
  return [...shown.map((id) => ({ id, visible: true })), ...others.map(({ id }) => ({ id, visible: false }))];
}

/** What the address says of places; nothing where they are the default. */
export function askedOf<T>(columns: readonly ListColumn<T>[], places: readonly ColumnPlace[]): string {
  const shown = (list: readonly ColumnPlace[]) =>
    list
      .filter(({ visible }) => visible)
      .map(({ id }) => id)
      .join(",");
  return shown(places) === shown(placesOf(columns, "")) ? "" : shown(places);
}

/** The columns in view, in their order. */
export const inView = <C extends { readonly id: string }>(columns: readonly C[], places: readonly ColumnPlace[]): readonly C[] =>
  places.flatMap(({ id, visible }) => columns.find((column) => visible && column.id === id) ?? []);
