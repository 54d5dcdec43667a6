import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { navigate } from "wouter/use-browser-location";
import type { Entry } from "./entry.ts";
import { Options } from "./options.tsx";
import { remember } from "./recent.ts";
import { useEntries } from "./use-entries.ts";
import "./palette.css";

/** Keys that move the choice, by where they move it. */
const moves: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowDown: (at, count) => (at + 1) % count,
  ArrowUp: (at, count) => (at - 1 + count) % count,
  PageDown: (at, count) => Math.min(count - 1, at + 8),
  PageUp: (at) => Math.max(0, at - 8),
};

function saying(count: number, isAsking: boolean, failed: readonly string[]): string {
  if (failed.length > 0) return `Could not search ${failed.join(", ")}.`;
  if (count > 0) return `${count} found`;
  return isAsking ? "Searching" : "Nothing of this name.";
}

/** Goes to anything by its name, and does what the menus do. The focus returns to where it was when it closes without going anywhere. */
export function Palette({ close }: { readonly close: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const { entries, isAsking, failed } = useEntries(typed);
  const chosen = Math.min(at, Math.max(0, entries.length - 1));
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);

  const follow = (entry: Entry) => {
    remember(entry);
    dialog.current?.close();
    if ("href" in entry.to) navigate(entry.to.href);
    else entry.to.run();
  };
  const press = (event: KeyboardEvent) => {
    const move = moves[event.key];
    const entry = entries[chosen];
    if (move && entries.length > 0) setAt(move(chosen, entries.length));
    else if (event.key === "Enter" && entry && !event.nativeEvent.isComposing) follow(entry);
    else return;
    event.preventDefault();
  };

  return (
    <dialog ref={dialog} className="palette" aria-label="Search everything" onClose={close}>
      <div className="palette-head">
        <input
          type="text"
          role="combobox"
          aria-label="Search everything"
          aria-expanded={entries.length > 0}
          aria-controls="palette-options"
          aria-autocomplete="list"
          {...(entries.length > 0 && { "aria-activedescendant": `palette-option-${chosen}` })}
          placeholder="Experiment, run, model, endpoint, page, action"
          autoComplete="off"
          spellCheck={false}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={press}
        />
        <button type="button" aria-label="Esc: close" onClick={() => dialog.current?.close()}>
          <kbd>Esc</kbd>
        </button>
      </div>
      <Options entries={entries} chosen={chosen} follow={follow} point={setAt} />
      <p className="palette-saying" role="status">
        {saying(entries.length, isAsking, failed)}
      </p>
    </dialog>
  );
}
