import { showOverlay } from "../frame/overlay.ts";
import { preferences } from "../frame/preferences.ts";
import { session } from "../session.ts";
import { type Shortcut, shortcutGroups } from "./registry.ts";

/** Two keys belong together when the second comes within this time. */
const togetherMs = 1200;
const fields =
  "input:not([type=checkbox], [type=radio], [type=button]), textarea, select, [contenteditable=''], [contenteditable=true], [role=textbox], [role=combobox]";

/** Where letters are text, or where a dialog has the keyboard to itself. */
function isTaken({ target, ctrlKey, altKey, metaKey, defaultPrevented, isComposing }: KeyboardEvent): boolean {
  if (ctrlKey || altKey || metaKey || defaultPrevented || isComposing) return true;
  return target instanceof Element && target.closest(`${fields}, [role=dialog], dialog, [role=menu]`) !== null;
}

function find(keys: string): Shortcut | undefined {
  const all = shortcutGroups().flatMap(({ shortcuts }) => shortcuts);
  return all.findLast((one) => one.keys === keys);
}

/** Ctrl K, or Cmd K: it needs a modifier, so it works in fields too and whatever the preference says. */
function isPaletteKey({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): boolean {
  return key.toLowerCase() === "k" && (ctrlKey || metaKey) && !altKey && !shiftKey;
}

/** Listens for the keys of every group in force. @returns what stops it */
export function listenForShortcuts(): () => void {
  let first = "";
  let firstAt = 0;
  const pressed = (event: KeyboardEvent) => {
    if (isPaletteKey(event) && session.standing() === "known") {
      event.preventDefault();
      showOverlay("palette");
      return;
    }
    if (preferences().shortcuts === "off" || event.key === "Shift" || isTaken(event)) return;
    const pair = first !== "" && event.timeStamp - firstAt < togetherMs ? find(`${first} ${event.key}`) : undefined;
    const found = pair ?? find(event.key);
    first = found ? "" : event.key;
    firstAt = event.timeStamp;
    if (!found) return;
    event.preventDefault();
    found.run();
  };
  document.addEventListener("keydown", pressed);
  return () => document.removeEventListener("keydown", pressed);
}
