import { choices, type PreferenceName, type Preferences, setPreferences } from "./preferences.ts";

const titles: Readonly<Record<PreferenceName, string>> = {
  theme: "Theme",
  density: "Density",
  zone: "Time zone",
  motion: "Motion",
  shortcuts: "Keyboard shortcuts",
};
const titled = (word: string) => (word === "utc" ? "UTC" : `${word.charAt(0).toUpperCase()}${word.slice(1)}`);

export interface Choice {
  readonly id: string;
  readonly text: string;
  readonly isChosen: boolean;
  readonly choose: () => void;
}

/** A preference with what it may be: for menus, forms and the palette. */
export function choicesOf(name: PreferenceName, current: Preferences): { readonly title: string; readonly options: readonly Choice[] } {
  const options = choices[name].map((value) => ({
    id: value,
    text: titled(value),
    isChosen: current[name] === value,
    choose: () => setPreferences({ [name]: value }),
  }));
  return { title: titles[name], options };
}
