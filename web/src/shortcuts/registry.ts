import { useEffect, useRef, useSyncExternalStore } from "react";

/** One key, or two pressed one after the other, and what follows. */
export interface Shortcut {
  /** As `KeyboardEvent.key` spells it: `/`, `?`, `j`, `Escape`; two in a row with a blank between: `g h`. */
  readonly keys: string;
  /** For the help: `Go to Home`. */
  readonly does: string;
  readonly run: () => void;
}
export interface ShortcutGroup {
  readonly title: string;
  readonly shortcuts: readonly Shortcut[];
}

let groups: readonly ShortcutGroup[] = [];
const listeners = new Set<() => void>();

function change(next: readonly ShortcutGroup[]): void {
  groups = next;
  for (const tell of listeners) tell();
}
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** The groups that are in force now, the page's own after the console's. */
export const shortcutGroups = (): readonly ShortcutGroup[] => groups;
export const useShortcutGroups = (): readonly ShortcutGroup[] => useSyncExternalStore(subscribe, shortcutGroups);

/**
 * Keys that do something while the component is shown, listed in the help under `title`.
 * They never fire in a field, in a dialog or together with Ctrl, Alt or Cmd; a later component's key goes before an earlier one's.
 * Keys of the frame go behind those of the page, whichever is drawn first. `run` may be a new function on every drawing: the latest is called.
 */
export function useShortcuts(title: string, shortcuts: readonly Shortcut[], { isFrame = false } = {}): void {
  const latest = useRef(shortcuts);
  latest.current = shortcuts;
  const listed = shortcuts.map(({ keys, does }) => `${keys}\t${does}`).join("\n");
  useEffect(() => {
    const group = {
      title,
      shortcuts: listed.split("\n").map((line) => {
        const [keys = "", does = ""] = line.split("\t");
        return { keys, does, run: () => latest.current.find((one) => one.keys === keys)?.run() };
      }),
    };
    change(isFrame ? [group, ...groups] : [...groups, group]);
    return () => change(groups.filter((one) => one !== group));
  }, [title, listed, isFrame]);
}
