import { useSyncExternalStore } from "react";

/** What may lie over the page, one at a time. */
export type OverlayName = "help" | "palette";

let open: OverlayName | null = null;
const listeners = new Set<() => void>();

/** Shows one of them, or none. */
export function showOverlay(name: OverlayName | null): void {
  open = name;
  for (const tell of listeners) tell();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
export const useOverlay = (): OverlayName | null => useSyncExternalStore(subscribe, () => open);
