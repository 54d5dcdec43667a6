/** With a row chosen or no longer chosen. */
export function toggled(selected: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(selected);
  if (!next.delete(id)) next.add(id);
  return next;
}

/** With every row between two places chosen, in whichever order these are. Rows that are not known cannot be chosen. */
export function ranged(selected: ReadonlySet<string>, from: number, to: number, idAt: (index: number) => string | undefined): ReadonlySet<string> {
  const next = new Set(selected);
  for (let index = Math.min(from, to); index <= Math.max(from, to); index += 1) {
    const id = idAt(index);
    if (id !== undefined) next.add(id);
  }
  return next;
}
