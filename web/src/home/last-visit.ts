import { useSyncExternalStore } from "react";

/** When this browser showed the console last, before this tab; null before the first visit. */
const visitKey = "capstan-visit";
/** What this tab compares with, so that a reload does not make everything seen. */
const seenKey = "capstan-seen";
const everyMs = 30_000;

const listeners = new Set<() => void>();
const timeIn = (text: string | null): number | null => (text !== null && /^\d+$/.test(text) ? Number(text) : null);
const note = () => localStorage.setItem(visitKey, String(Date.now()));

/** Remembers from now on that the console is being looked at. */
export function startVisit(): void {
  const before = localStorage.getItem(visitKey);
  if (sessionStorage.getItem(seenKey) === null) sessionStorage.setItem(seenKey, before ?? "none");
  note();
  window.setInterval(() => document.visibilityState === "visible" && note(), everyMs);
  window.addEventListener("pagehide", note);
}

/** From now on only what comes later is new. */
export function markSeen(): void {
  sessionStorage.setItem(seenKey, String(Date.now()));
  for (const tell of listeners) tell();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
/** Until when all is seen, in milliseconds since the epoch; null: nothing is. */
export const useSeenUntil = (): number | null => useSyncExternalStore(subscribe, () => timeIn(sessionStorage.getItem(seenKey)));
