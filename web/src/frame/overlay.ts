import { useSyncExternalStore } from "react";

/** What may lie over the page, one at a time. */
export type OverlayName = "help" | "palette";

let open: OverlayName | null = null;
const listeners = new Set<() => void>();

function change(next: OverlayName | null): void {
  open = next;
  for (const tell of listeners) tell();
}

/** Shows one of them in place of another. */
export const showOverlay = (name: OverlayName): void => change(name);
/** Hides it, unless another one is shown by now. */
export const hideOverlay = (name: OverlayName): void => {
  if (open === name) change(null);
};

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
export const useOverlay = (): OverlayName | null => useSyncExternalStore(subscribe, () => open);
