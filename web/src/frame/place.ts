import { useSyncExternalStore } from "react";

export interface Crumb {
  readonly text: string;
  readonly href: string;
}
/** Where the open page says that it lies. */
export interface Place {
  readonly path: string;
  readonly title: string;
  /** What lies between its section and it. */
  readonly trail: readonly Crumb[];
}

let place: Place | null = null;
const listeners = new Set<() => void>();

export function setPlace(next: Place): void {
  place = next;
  for (const tell of listeners) tell();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
export const usePlace = (): Place | null => useSyncExternalStore(subscribe, () => place);
