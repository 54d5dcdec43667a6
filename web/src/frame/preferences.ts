import { applyDensity, applyMode, Density, disableMotion, Mode } from "@cloudscape-design/global-styles";
import { useSyncExternalStore } from "react";

/** What each preference may be, its default first. */
export const choices = {
  theme: ["system", "light", "dark"],
  density: ["comfortable", "compact"],
  /** The clock that dates are told by. */
  zone: ["local", "utc"],
  motion: ["system", "reduced"],
  /** Whether single keys do anything (WCAG 2.1.4 wants them to be switched off). */
  shortcuts: ["on", "off"],
} as const;
export type PreferenceName = keyof typeof choices;
export type Preferences = { readonly [N in PreferenceName]: (typeof choices)[N][number] };

const names = Object.keys(choices) as PreferenceName[];
const keyOf = (name: PreferenceName) => `capstan-${name}`;

function stored(): Preferences {
  const known = (name: PreferenceName) => choices[name].find((one) => one === localStorage.getItem(keyOf(name))) ?? choices[name][0];
  return Object.fromEntries(names.map((name) => [name, known(name)])) as Preferences;
}

let current = stored();
const listeners = new Set<() => void>();
const systemIsDark = window.matchMedia("(prefers-color-scheme: dark)");

const isDark = () => current.theme === "dark" || (current.theme === "system" && systemIsDark.matches);

function apply(): void {
  applyMode(isDark() ? Mode.Dark : Mode.Light);
  applyDensity(current.density === "compact" ? Density.Compact : Density.Comfortable);
  disableMotion(current.motion === "reduced");
  for (const tell of listeners) tell();
}

/** Puts what is remembered on the page; follows the system's theme, and what another tab of this browser chooses, from now on. */
export function startPreferences(): void {
  systemIsDark.addEventListener("change", apply);
  window.addEventListener("storage", ({ key }) => {
    if (!names.some((name) => keyOf(name) === key)) return;
    current = stored();
    apply();
  });
  apply();
}

export function setPreferences(change: Partial<Preferences>): void {
  current = { ...current, ...change };
  for (const name of names) localStorage.setItem(keyOf(name), current[name]);
  apply();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** What is chosen now, outside of a component. */
export const preferences = (): Preferences => current;
export const usePreferences = (): Preferences => useSyncExternalStore(subscribe, preferences);
/** Whether the page is dark now, for what is drawn on a canvas. */
export const useIsDark = (): boolean => useSyncExternalStore(subscribe, isDark);
