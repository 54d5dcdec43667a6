import { applyDensity, applyMode, Density, Mode } from "@cloudscape-design/global-styles";
import { useSyncExternalStore } from "react";

export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];
export const densities = ["comfortable", "compact"] as const;
export type DensityName = (typeof densities)[number];

interface Preferences {
  readonly theme: Theme;
  readonly density: DensityName;
}

const oneOf = <T extends string>(all: readonly T[], value: string | null, fallback: T): T => all.find((one) => one === value) ?? fallback;
const stored = (): Preferences => ({
  theme: oneOf(themes, localStorage.getItem("capstan-theme"), "system"),
  density: oneOf(densities, localStorage.getItem("capstan-density"), "comfortable"),
});

let current = stored();
const listeners = new Set<() => void>();
const systemIsDark = window.matchMedia("(prefers-color-scheme: dark)");

const isDark = () => current.theme === "dark" || (current.theme === "system" && systemIsDark.matches);

function apply(): void {
  applyMode(isDark() ? Mode.Dark : Mode.Light);
  applyDensity(current.density === "compact" ? Density.Compact : Density.Comfortable);
  for (const tell of listeners) tell();
}

/** Puts the remembered theme and density on the page, and follows the system's theme from now on. */
export function startPreferences(): void {
  systemIsDark.addEventListener("change", apply);
  apply();
}

export function setPreferences(change: Partial<Preferences>): void {
  current = { ...current, ...change };
  localStorage.setItem("capstan-theme", current.theme);
  localStorage.setItem("capstan-density", current.density);
  apply();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const usePreferences = (): Preferences => useSyncExternalStore(subscribe, () => current);
/** Whether the page is dark now, for what is drawn on a canvas. */
export const useIsDark = (): boolean => useSyncExternalStore(subscribe, isDark);
