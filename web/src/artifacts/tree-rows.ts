import { type Entry, nameOf } from "./entry.ts";

/** A line of the tree as it is shown. */
export interface TreeRow {
  readonly path: string;
  readonly name: string;
  readonly isFolder: boolean;
  readonly isOpen: boolean;
  /** 1 for what lies in the root. */
  readonly level: number;
  readonly bytes: number | undefined;
  readonly place: number;
  readonly siblings: number;
}

/** The visible lines of a tree: a folder's content follows it while it is open and has been read. Folders come first. */
export function treeRows(contentOf: ReadonlyMap<string, readonly Entry[]>, open: ReadonlySet<string>, folder = "", level = 1): readonly TreeRow[] {
  const entries = (contentOf.get(folder) ?? []).toSorted(
    (left, right) => Number(right.is_dir) - Number(left.is_dir) || left.path.localeCompare(right.path, "en", { numeric: true }),
  );
  return entries.flatMap(({ path, is_dir: isFolder, file_size: bytes }, index) => {
    const isOpen = isFolder && open.has(path);
    const row = {
      path,
      name: nameOf(path),
      isFolder,
      isOpen,
      level,
      bytes: bytes === undefined ? undefined : Number(bytes),
      place: index + 1,
      siblings: entries.length,
    };
    return [row, ...(isOpen ? treeRows(contentOf, open, path, level + 1) : [])];
  });
}

export type TreeStep = { readonly kind: "focus"; readonly path: string } | { readonly kind: "toggle"; readonly path: string };

/** What a key does in a tree (WAI-ARIA Authoring Practices, tree view); undefined where it does nothing. */
export function treeKey(key: string, rows: readonly TreeRow[], path: string): TreeStep | undefined {
  const at = rows.findIndex((row) => row.path === path);
  const row = rows[at];
  const focus = (target: TreeRow | undefined): TreeStep | undefined => target && { kind: "focus", path: target.path };
  if (key === "ArrowDown") return focus(rows[at + 1]);
  if (key === "ArrowUp") return focus(rows[at - 1]);
  if (key === "Home") return focus(rows[0]);
  if (key === "End") return focus(rows.at(-1));
  if (!row) return undefined;
  if (key === "ArrowRight" && row.isFolder) return row.isOpen ? focus(rows[at + 1]) : { kind: "toggle", path };
  if (key === "ArrowLeft") return row.isOpen ? { kind: "toggle", path } : focus(rows.slice(0, at).findLast(({ level }) => level < row.level));
  return undefined;
}
